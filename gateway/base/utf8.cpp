#include "gateway/base/utf8.h"

#include <iterator>

#include <algorithm>

namespace recall {

char32_t next_character(std::string_view text, std::size_t& position) {
    const auto byte = [&](std::size_t at) {
        return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
    };
    const unsigned lead = byte(position);
    if (lead < 0x80) {
        ++position;
        return lead;
    }
    const unsigned length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4) {
        ++position;
        return invalid_character;
    }
    char32_t value = lead & (0xFFU >> (length + 1));
    for (unsigned i = 1; i < length; ++i) {
        const unsigned next = byte(position + i);
        if ((next & 0xC0U) != 0x80) {
            ++position;
            return invalid_character;
        }
        value = value << 6U | (next & 0x3FU);
    }
    const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
        ++position;
        return invalid_character;
    }
    position += length;
    return value;
}

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        if (next_character(text, i) == invalid_character) return false;
    }
    return true;
}

void append_utf8(std::string& out, char32_t c) {
    const auto tail = [&](unsigned shift) {
        out += static_cast<char>(0x80U | ((static_cast<unsigned>(c) >> shift) & 0x3FU));
    };
    const auto value = static_cast<unsigned>(c);
    if (value < 0x80) {
        out += static_cast<char>(value);
    } else if (value < 0x800) {
        out += static_cast<char>(0xC0U | value >> 6U);
        tail(0);
    } else if (value < 0x10000) {
        out += static_cast<char>(0xE0U | value >> 12U);
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xF0U | value >> 18U);
        tail(12);
        tail(6);
        tail(0);
    }
}

namespace {

// Calls `found` with each control character and its place, until it says false.
template <class Found>
void for_each_control(std::string_view text, Found found) {
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x20 && byte < 0x7F) {
            ++i;
            continue;
        }
        const std::size_t from = i;
        const char32_t c = next_character(text, i);
        if (c != invalid_character && is_control_character(c) && !found(c, from, i)) return;
    }
}

template <class Instead>
std::string with_controls_replaced(std::string_view text, Instead instead) {
    std::string out;
    std::size_t done = 0;
    for_each_control(text, [&](char32_t c, std::size_t from, std::size_t to) {
        out += text.substr(done, from - done);
        instead(out, c);
        done = to;
        return true;
    });
    out += text.substr(done);
    return out;
}

// What stands instead of a control character, 0 for nothing. U+0080 to U+009F are bytes of
// Windows-1252 that were taken for ISO 8859-1: dashes and quotes, without which "2–14 years" would
// be "214 years". They are read as HTML reads them.
char32_t instead_of(char32_t c) {
    constexpr char32_t windows_1252[] = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    static_assert(std::size(windows_1252) == 0x20);
    if (c >= 0x80 && c <= 0x9F) return windows_1252[c - 0x80];
    const bool parts_words = c == 0xB || c == 0xC || (c >= 0x1C && c <= 0x1F);
    return parts_words ? U' ' : 0;
}

}  // namespace

bool holds_control_characters(std::string_view text) {
    bool is_found = false;
    for_each_control(text, [&](char32_t, std::size_t, std::size_t) {
        is_found = true;
        return false;
    });
    return is_found;
}

std::string without_control_characters(std::string_view text) {
    return with_controls_replaced(text, [](std::string& out, char32_t c) {
        if (const char32_t instead = instead_of(c); instead != 0) append_utf8(out, instead);
    });
}

std::string with_controls_shown(std::string_view text) {
    return with_controls_replaced(text, [](std::string& out, char32_t c) {
        constexpr std::string_view digits = "0123456789ABCDEF";
        out += "\\u{";
        for (int shift = c > 0xFFFF ? 20 : 12; shift >= 0; shift -= 4)
            out += digits[(c >> unsigned(shift)) & 0xFU];
        out += '}';
    });
}

bool is_xml_text(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x20 && byte < 0x80) {
            ++i;
            continue;
        }
        const char32_t c = next_character(text, i);
        if (c == invalid_character || !is_xml_character(c)) return false;
    }
    return true;
}

}  // namespace recall
