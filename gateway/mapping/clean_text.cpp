#include "gateway/mapping/clean_text.h"

#include <algorithm>
#include <array>

#include "gateway/base/utf8.h"

namespace recall::mapping {
namespace {

bool is_blank(char32_t c) {
    return c == ' ' || (c >= 0x9 && c <= 0xD) || c == 0x85 || c == 0xA0 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F;
}

bool only_steers_display(char32_t c) {
    return c == 0x200B || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           c == 0x2060 || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || c == 0xAD;
}

bool is_plain_ascii_line(std::string_view text) {
    bool after_blank = true;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7E)
            return false;
        if (c == ' ' && after_blank) return false;
        after_blank = c == ' ';
    }
    return text.empty() || text.back() != ' ';
}

struct Entity {
    std::string_view name;
    char32_t character;
};
constexpr std::array<Entity, 31> entities = {{
    {"amp", '&'},      {"lt", '<'},       {"gt", '>'},       {"quot", '"'},     {"apos", '\''},
    {"nbsp", 0xA0},    {"copy", 0xA9},    {"reg", 0xAE},     {"deg", 0xB0},     {"plusmn", 0xB1},
    {"micro", 0xB5},   {"middot", 0xB7},  {"laquo", 0xAB},   {"raquo", 0xBB},   {"auml", 0xE4},
    {"ouml", 0xF6},    {"uuml", 0xFC},    {"szlig", 0xDF},   {"eacute", 0xE9},  {"egrave", 0xE8},
    {"agrave", 0xE0},  {"ccedil", 0xE7},  {"ndash", 0x2013}, {"mdash", 0x2014}, {"lsquo", 0x2018},
    {"rsquo", 0x2019}, {"ldquo", 0x201C}, {"rdquo", 0x201D}, {"bull", 0x2022},  {"hellip", 0x2026},
    {"trade", 0x2122},
}};

// The character of "&…;" at the front, and how long it is; 0 when it is no entity.
char32_t entity_at(std::string_view text, std::size_t& length) {
    const std::size_t end = text.substr(0, 12).find(';');
    if (end == std::string_view::npos || end < 2) return 0;
    const std::string_view name = text.substr(1, end - 1);
    length = end + 1;
    if (name.front() != '#') {
        const auto found = std::ranges::find(entities, name, &Entity::name);
        return found == entities.end() ? 0 : found->character;
    }
    const bool is_hex = name.size() > 2 && (name[1] == 'x' || name[1] == 'X');
    char32_t value = 0;
    for (const char c : name.substr(is_hex ? 2 : 1)) {
        const int digit = c >= '0' && c <= '9'             ? c - '0'
                          : is_hex && c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : is_hex && c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                           : -1;
        if (digit < 0) return 0;
        value = value * (is_hex ? 16 : 10) + char32_t(digit);
    }
    // What no notice carries stays as it is written.
    return is_control_character(value) ? 0 : value;
}

std::string decode_entities(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t length = 0;
        const char32_t character = text[at] == '&' ? entity_at(text.substr(at), length) : 0;
        if (character != 0) {
            append_utf8(out, character);
            at += length;
        } else {
            out += text[at++];
        }
    }
    return out;
}

// A tag begins with a letter, '/' or '!' after '<'; one that is cut off reaches to the end.
std::string drop_tags(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char next = at + 1 < text.size() ? text[at + 1] : ' ';
        const bool is_tag =
            text[at] == '<' && ((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') ||
                                next == '/' || next == '!');
        if (!is_tag) {
            out += text[at++];
            continue;
        }
        out += ' ';
        const std::size_t end = text.find('>', at);
        at = end == std::string_view::npos ? text.size() : end + 1;
    }
    return out;
}

}  // namespace

std::string tidy(std::string_view text) {
    if (is_plain_ascii_line(text)) return std::string(text);
    std::string out;
    out.reserve(text.size());
    bool wants_blank = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        const char32_t c = next_character(text, at);
        if (is_blank(c)) {
            wants_blank = !out.empty();
        } else if (!only_steers_display(c)) {
            if (wants_blank) out += ' ';
            wants_blank = false;
            out += text.substr(from, at - from);
        }
    }
    return out;
}

std::string without_html(std::string_view text) {
    if (text.find_first_of("<&") == std::string_view::npos) return std::string(text);
    return tidy(drop_tags(decode_entities(text)));
}

std::string folded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        const char32_t c = next_character(text, at);
        if (c >= 'A' && c <= 'Z') {
            out += char(c + 32);
        } else if (c == 0x2018 || c == 0x2019) {
            out += '\'';
        } else if (c == 0x201C || c == 0x201D) {
            out += '"';
        } else if (c >= 0x2010 && c <= 0x2015) {
            out += '-';
        } else {
            out += text.substr(from, at - from);
        }
    }
    return out;
}

}  // namespace recall::mapping
