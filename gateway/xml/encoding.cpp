#include "gateway/xml/encoding.h"

#include <algorithm>
#include <string>

namespace recall::xml {
namespace {

// A declaration is longer than this only to hide something.
constexpr std::size_t declaration_bytes_max = 1024;

// Beginnings of names, upper case.
constexpr std::string_view known_encodings[] = {
    "UTF-8",       "US-ASCII", "ASCII",     "ISO-8859-",   "ISO_8859-", "LATIN1",
    "WINDOWS-125", "CP125",    "SHIFT_JIS", "WINDOWS-31J", "EUC-",      "GB2312",
    "GBK",         "GB18030",  "BIG5",      "KOI8-"};

std::string upper(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return out;
}

// The value of the declaration's encoding; empty when it has none.
std::string_view declared(std::string_view document) {
    if (!document.starts_with("<?xml")) return {};
    std::string_view declaration =
        document.substr(0, std::min(document.find("?>"), declaration_bytes_max));
    const std::size_t name = declaration.find("encoding");
    if (name == std::string_view::npos) return {};
    declaration.remove_prefix(name);
    const std::size_t begin = declaration.find_first_of("\"'");
    if (begin == std::string_view::npos) return {};
    const std::size_t end = declaration.find(declaration[begin], begin + 1);
    return declaration.substr(begin + 1, end == std::string_view::npos ? end : end - begin - 1);
}

}  // namespace

Result<void> check_encoding(std::string_view document) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (document.starts_with("\xFE\xFF") || document.starts_with("\xFF\xFE") ||
        document.substr(0, 4).find('\0') != std::string_view::npos) {
        return {ErrorCode::bad_encoding, "the document is UTF-16 or UTF-32, which is not read"};
    }
    if (document.starts_with("\x4C\x6F\xA7\x94")) {
        return {ErrorCode::bad_encoding, "the document is EBCDIC, which is not read"};
    }
    if (document.starts_with(byte_order_mark)) document.remove_prefix(byte_order_mark.size());
    const std::string name = upper(declared(document));
    const auto fits = [&name](std::string_view known) { return name.starts_with(known); };
    if (!name.empty() && std::ranges::none_of(known_encodings, fits)) {
        return {ErrorCode::bad_encoding, "the encoding " + name + " is not read"};
    }
    return {};
}

std::string encoding_of_page(std::string_view page) {
    constexpr std::size_t head_bytes_max = 4096;
    constexpr std::string_view mark = "CHARSET=";
    const std::string head = upper(page.substr(0, head_bytes_max));
    const std::size_t at = head.find(mark);
    if (at == std::string::npos) return "UTF-8";
    std::string_view name = std::string_view(head).substr(at + mark.size());
    name.remove_prefix(std::min(name.find_first_not_of("\"' "), name.size()));
    name = name.substr(0, name.find_first_of("\"' />;\r\n"));
    // Pages that say Shift_JIS hold the characters Microsoft added to it.
    if (name == "SHIFT_JIS" || name == "X-SJIS") return "CP932";
    return name.empty() ? "UTF-8" : std::string(name);
}

}  // namespace recall::xml
