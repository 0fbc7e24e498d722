#include "gateway/mapping/number_text.h"

#include <algorithm>
#include <array>

#include "gateway/mapping/clean_text.h"

namespace recall::mapping {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_digit_at(std::string_view text, std::size_t at) {
    return at < text.size() && is_digit(text[at]);
}

struct Scale {
    std::string_view word;
    std::size_t places;
};
constexpr std::array<Scale, 3> scales = {{{"thousand", 3}, {"million", 6}, {"billion", 9}}};

// What parts groups of three digits.
enum class Parting { none, blank, apostrophe, mark };

struct Separator {
    Parting parting = Parting::none;
    std::size_t bytes = 0;
};

Separator separator_at(std::string_view text, std::size_t at, char mark) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with('\'')) return {Parting::apostrophe, 1};
    if (rest.starts_with("\xE2\x80\x99")) return {Parting::apostrophe, 3};
    if (rest.starts_with(mark == '.' ? ',' : '.')) {
        // "222, 600 bottles": a slip of the pen.
        constexpr std::size_t group_end = 5;  // behind ", 600"
        const bool is_slip =
            rest.starts_with(", ") && rest.size() > group_end && rest[group_end] == ' ';
        return {Parting::mark, is_slip ? std::size_t(2) : 1};
    }
    if (const std::size_t bytes = blank_at(text, at); bytes > 0) return {Parting::blank, bytes};
    return {};
}

bool is_group(std::string_view text, std::size_t at) {
    return is_digit_at(text, at) && is_digit_at(text, at + 1) && is_digit_at(text, at + 2) &&
           !is_digit_at(text, at + 3);
}

std::string digits_at(std::string_view text, std::size_t& at) {
    const std::size_t from = at;
    while (is_digit_at(text, at))
        ++at;
    return std::string(text.substr(from, at - from));
}

}  // namespace

std::size_t blank_at(std::string_view text, std::size_t at) {
    constexpr std::array<std::string_view, 6> blanks = {
        " ", "\xC2\xA0", "\xE2\x80\x87", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xAF"};
    for (const std::string_view blank : blanks) {
        if (at < text.size() && text.substr(at).starts_with(blank)) return blank.size();
    }
    return 0;
}

std::string scaled(std::string number, std::size_t places) {
    const std::size_t point = number.find('.');
    std::size_t decimals = 0;
    if (point != std::string::npos) {
        decimals = number.size() - point - 1;
        number.erase(point, 1);
    }
    if (decimals > places) {
        number.insert(number.size() - (decimals - places), ".");
    } else {
        number.append(places - decimals, '0');
    }
    std::size_t first = std::min(number.find_first_not_of('0'), number.size() - 1);
    if (number[first] == '.') --first;
    return number.substr(first);
}

std::optional<NumberText> first_number(std::string_view text, char mark) {
    std::size_t at = std::min(text.find_first_of("0123456789"), text.size());
    if (at == text.size()) return std::nullopt;
    std::string number = digits_at(text, at);
    const bool may_group = number.size() <= 3 && number.front() != '0';
    Parting parting = Parting::none;
    while (may_group) {
        const Separator next = separator_at(text, at, mark);
        const bool goes_on = next.bytes > 0 && is_group(text, at + next.bytes) &&
                             (parting == Parting::none || parting == next.parting);
        if (!goes_on) break;
        parting = next.parting;
        at += next.bytes;
        number += digits_at(text, at);
    }
    if (at < text.size() && text[at] == mark && is_digit_at(text, at + 1)) {
        ++at;
        number += "." + digits_at(text, at);
    }
    // "12,5" in English, "1.200.000": another language's marks, or a date.
    const bool is_unclear =
        at < text.size() && (text[at] == ',' || text[at] == '.') && is_digit_at(text, at + 1);
    number = scaled(std::move(number), 0);
    std::size_t word = at;
    while (const std::size_t bytes = blank_at(text, word))
        word += bytes;
    const std::string behind = folded(text.substr(word));
    for (const Scale& scale : scales) {
        if (!behind.starts_with(scale.word)) continue;
        number = scaled(std::move(number), scale.places);
        at = word + scale.word.size();
        if (at < text.size() && (text[at] == 's' || text[at] == 'S')) ++at;
    }
    if (is_unclear) return NumberText{at, std::nullopt};
    return NumberText{at, std::move(number)};
}

}  // namespace recall::mapping
