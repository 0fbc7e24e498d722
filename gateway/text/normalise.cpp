#include "gateway/text/normalise.h"

#include <charconv>

#include "gateway/base/failure.h"
#include "gateway/base/utf8.h"
#include "gateway/text/character.h"
#include "gateway/text/fold_table.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

namespace recall::text {
namespace {

constexpr std::size_t entity_bytes_max = 10;

// The character an entity stands for, 0 when it is none that shops write.
char32_t entity(std::string_view name) {
    if (name == "amp") return '&';
    if (name == "lt") return '<';
    if (name == "gt") return '>';
    if (name == "quot") return '"';
    if (name == "apos") return '\'';
    if (name == "nbsp") return ' ';
    if (name.size() < 2 || name[0] != '#') return 0;
    const bool hex = name[1] == 'x' || name[1] == 'X';
    const char* first = name.data() + (hex ? 2 : 1);
    const char* last = name.data() + name.size();
    unsigned value = 0;
    const auto read = std::from_chars(first, last, value, hex ? 16 : 10);
    if (read.ec != std::errc() || read.ptr != last || value == 0 || value > 0x10FFFF) return 0;
    return value >= 0xD800 && value <= 0xDFFF ? 0 : char32_t(value);
}

// Signs that NFKC would spell out as letters glued to the word before them.
bool is_trade_mark(char32_t c) {
    return c == 0x2122 || c == 0xAE || c == 0xA9 || c == 0x2120 || c == 0x2117;
}

bool needs_cleaning(std::string_view text) {
    for (const char c : text) {
        if (c == '&' || static_cast<unsigned char>(c) >= 0x80) return true;
    }
    return false;
}

std::string cleaned(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == '&') {
            const std::size_t end = text.substr(0, i + entity_bytes_max).find(';', i);
            const char32_t c =
                end == std::string_view::npos ? 0 : entity(text.substr(i + 1, end - i - 1));
            if (c != 0) {
                if (!is_trade_mark(c)) append_utf8(out, c);
                i = end + 1;
                continue;
            }
        }
        const char32_t c = next_character(text, i);
        if (c == invalid_character) {
            append_utf8(out, 0xFFFD);
        } else if (!is_trade_mark(c)) {
            append_utf8(out, c);
        }
    }
    return out;
}

// NFKC_Casefold does compatibility composition, case folding and the removal of invisible
// characters in one pass over UTF-8.
std::string casefolded(std::string_view text) {
    UErrorCode error = U_ZERO_ERROR;
    static const icu::Normalizer2* const normaliser =
        icu::Normalizer2::getNFKCCasefoldInstance(error);
    std::string out;
    icu::StringByteSink<std::string> sink(&out, static_cast<int32_t>(text.size()));
    normaliser->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())),
                              sink, nullptr, error);
    if (U_FAILURE(error)) throw Failure(ErrorCode::internal, u_errorName(error));
    return out;
}

bool is_blank(unsigned char c) { return c <= 0x20 || c == 0x7F; }

// Appends with runs of blanks as one, none at either end of what is appended.
void append_single_spaced(std::string_view text, std::string& out) {
    bool blank = false;
    const std::size_t start = out.size();
    for (const char c : text) {
        if (is_blank(static_cast<unsigned char>(c))) {
            blank = out.size() > start;
            continue;
        }
        if (blank) out += ' ';
        blank = false;
        out += c;
    }
}

void append_ascii(std::string_view text, std::string& out) {
    const std::size_t start = out.size();
    append_single_spaced(text, out);
    for (std::size_t i = start; i < out.size(); ++i) {
        if (out[i] >= 'A' && out[i] <= 'Z') out[i] = static_cast<char>(out[i] + ('a' - 'A'));
    }
}

}  // namespace

std::string normal_form(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    if (!needs_cleaning(text)) {
        append_ascii(text, out);
    } else {
        append_single_spaced(casefolded(cleaned(text)), out);
    }
    return out;
}

void append_folded(std::string_view text, std::string& out) {
    if (!needs_cleaning(text)) return append_ascii(text, out);
    const std::string normal = casefolded(cleaned(text));
    std::string folded;
    folded.reserve(normal.size());
    for (std::size_t i = 0; i < normal.size();) {
        const auto byte = static_cast<unsigned char>(normal[i]);
        if (byte < 0x80) {
            folded += normal[i++];
            continue;
        }
        append_utf8(folded, fold_table()[next_character(normal, i)]);
    }
    append_single_spaced(folded, out);
}

std::string folded_form(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    append_folded(text, out);
    return out;
}

std::string compact_key(std::string_view text) {
    const std::string folded = folded_form(text);
    std::string out;
    for (std::size_t i = 0; i < folded.size();) {
        const char32_t c = next_character(folded, i);
        if (script_of(c) != Script::none) append_utf8(out, c);
    }
    return out;
}

}  // namespace recall::text
