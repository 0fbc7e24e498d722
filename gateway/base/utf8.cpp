#include "gateway/base/utf8.h"

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
