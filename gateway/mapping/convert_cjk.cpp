// Texts in Chinese and Japanese: blanks that line ends left inside words, characters of full width.

#include <array>

#include "gateway/base/utf8.h"
#include "gateway/mapping/converter.h"

namespace recall::mapping {
namespace {

constexpr char32_t ideographic_space = 0x3000;

bool is_blank(char32_t c) { return c == ' ' || c == 0xA0 || c == ideographic_space; }

// Ideographs, kana, and the punctuation and wide forms that go with them.
bool is_wide(char32_t c) {
    return (c > ideographic_space && c <= 0x30FF) || (c >= 0x31F0 && c <= 0x9FFF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF01 && c <= 0xFF9F) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

// Blanks between two wide characters go, and those at the ends; others stay.
std::string without_inner_blanks(const std::string& text) {
    std::string out;
    std::string blanks;
    char32_t before = ideographic_space;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        const char32_t c = next_character(text, at);
        if (is_blank(c)) {
            blanks += text.substr(from, at - from);
            continue;
        }
        if (!out.empty() && !(is_wide(before) && is_wide(c))) out += blanks;
        blanks.clear();
        out += text.substr(from, at - from);
        before = c;
    }
    return out;
}

std::string narrowed(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        const char32_t c = next_character(text, at);
        if (c >= 0xFF01 && c <= 0xFF5E) {
            out += static_cast<char>('!' + (c - 0xFF01));
        } else if (c == ideographic_space) {
            out += ' ';
        } else {
            out += text.substr(from, at - from);
        }
    }
    return out;
}

Result<Convert> make_close_blanks(const ConverterArguments&, const CodeTables&) {
    return one_by_one([](const std::string& value, std::vector<Problem>&) {
        return without_inner_blanks(value);
    });
}

Result<Convert> make_narrow(const ConverterArguments&, const CodeTables&) {
    return one_by_one(
        [](const std::string& value, std::vector<Problem>&) { return narrowed(value); });
}

constexpr std::array<ConverterSpec, 2> specs = {{
    {"close-blanks", 0, 0,
     "takes out the blanks between Chinese or Japanese characters that line ends left",
     make_close_blanks},
    {"narrow", 0, 0, "letters, digits and signs of full width as ordinary ones", make_narrow},
}};

}  // namespace

std::span<const ConverterSpec> cjk_converters() { return specs; }

}  // namespace recall::mapping
