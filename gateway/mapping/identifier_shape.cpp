#include "gateway/mapping/identifier_shape.h"

#include <algorithm>
#include <array>

namespace recall::mapping {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

template <std::size_t size>
bool is_one_of(const std::array<std::string_view, size>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

bool is_all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_digit);
}

// "12-inch", "24V", "3rd", "18-Gun", "50lb": digits, then a word or a unit. A unit of capitals is
// as well the end of a lot, "77A".
bool is_measure(std::string_view code, bool is_sure) {
    std::size_t at = 0;
    while (at < code.size() && (is_digit(code[at]) || code[at] == '.' || code[at] == '/'))
        ++at;
    if (at == 0 || at == code.size()) return false;
    const bool has_dash = code[at] == '-';
    if (has_dash) ++at;
    const std::string_view rest = code.substr(at);
    const bool has_word =
        !rest.empty() &&
        (is_lower(rest[0]) || (rest.size() > 1 && is_upper(rest[0]) && is_lower(rest[1])));
    constexpr std::array<std::string_view, 10> units = {"V",  "W",  "A",   "HP", "LB",
                                                        "OZ", "ML", "MAH", "MG", "KG"};
    const bool is_unit = !is_sure && !has_dash && is_one_of(units, rest);
    return is_unit || (has_word && std::ranges::none_of(rest, is_digit));
}

bool is_date(std::string_view code) {
    const std::string shape = shape_of(code);
    constexpr std::array<std::string_view, 8> shapes = {"0/0/00",     "00/00/00",  "0/00/00",
                                                        "00/00/0000", "0/0/0000",  "0/00/0000",
                                                        "00/0000",    "0000-00-00"};
    return is_one_of(shapes, shape);
}

bool is_year(std::string_view code) {
    return code.size() == 4 && is_all_digits(code) &&
           (code.starts_with("19") || code.starts_with("20"));
}

}  // namespace

std::string shape_of(std::string_view code) {
    std::string out;
    for (const char c : code) {
        const char kind = is_digit(c) ? '0' : (is_lower(c) || is_upper(c)) ? 'A' : c;
        out += kind;
    }
    return out;
}

std::size_t longest_lower_run(std::string_view code) {
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : code) {
        run = is_lower(c) ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

bool is_code(std::string_view code, IdentifierKind kind, bool is_sure) {
    constexpr std::size_t code_bytes_max = 40;
    constexpr std::size_t lower_run_max = 3;
    const bool has_signs_only = std::ranges::all_of(code, [](char c) {
        return is_digit(c) || is_lower(c) || is_upper(c) ||
               std::string_view("-/.+_*").find(c) != std::string_view::npos;
    });
    if (code.size() < 2 || code.size() > code_bytes_max || !has_signs_only) return false;
    if (std::ranges::none_of(code, is_digit) || is_measure(code, is_sure)) return false;
    if (longest_lower_run(code) > lower_run_max) return false;
    if (is_all_digits(code)) {
        const std::size_t digits_min = is_sure ? 3 : 4;
        if (code.size() < digits_min || (!is_sure && is_year(code))) return false;
    }
    if (code.find('/') != std::string_view::npos && code.find('/') == code.rfind('/') &&
        std::ranges::all_of(code, [](char c) { return is_digit(c) || c == '/'; }) &&
        code.size() < 6)
        return false;
    if (kind != IdentifierKind::batches && is_date(code)) return false;
    if (kind == IdentifierKind::batches && is_date(code) && !is_sure) return false;
    if (kind == IdentifierKind::serials) {
        constexpr std::size_t serial_bytes_min = 4;
        return code.size() >= serial_bytes_min;
    }
    return true;
}

}  // namespace recall::mapping
