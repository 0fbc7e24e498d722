#pragma once
// UTF-8 as Unicode defines it (no overlong forms, no surrogates, at most U+10FFFF), and the set of
// characters that XML 1.0 can carry. Pure functions; any thread.

#include <cstdint>
#include <string>
#include <string_view>

namespace recall {

inline constexpr char32_t invalid_character = 0xFFFFFFFF;
inline constexpr std::string_view utf8_byte_order_mark = "\xEF\xBB\xBF";

// Reads the character at `position` and moves past it; invalid_character (and one byte on) when the
// bytes there are not UTF-8. `position` must be inside the text.
char32_t next_character(std::string_view text, std::size_t& position);

bool is_utf8(std::string_view text);

void append_utf8(std::string& out, char32_t character);

// Characters of XML 1.0 production [2] Char: what both faces of a message can hold.
constexpr bool is_xml_character(char32_t c) {
    return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF) ||
           (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

// Characters that texts of sources should not have, and notices do not: controls other than white
// space, what XML cannot carry, and those that make a text show in another order than it is
// written. Marks that only say which way one character runs are left alone.
constexpr bool is_control_character(char32_t c) {
    const bool is_white = c == 0x9 || c == 0xA || c == 0xD || c == 0x85;
    const bool turns_order = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return !is_white &&
           (c < 0x20 || (c >= 0x7F && c <= 0x9F) || turns_order || !is_xml_character(c));
}

// Whether a text in UTF-8 holds one.
bool holds_control_characters(std::string_view text);
std::string without_control_characters(std::string_view text);
// Each of them written as "\u{202E}": for messages.
std::string with_controls_shown(std::string_view text);

// True when the text is UTF-8 and every character is one that XML 1.0 can carry.
bool is_xml_text(std::string_view text);

}  // namespace recall
