#include "gateway/base/date_pattern.h"

#include <algorithm>
#include <array>

#include "gateway/base/utf8.h"

namespace recall {
namespace {

struct Era {
    std::u32string_view name;
    int year_before_first;
};
constexpr std::array<Era, 4> eras = {
    {{U"令和", 2018}, {U"平成", 1988}, {U"昭和", 1925}, {U"大正", 1911}}};

constexpr std::array<std::u32string_view, 12> months = {
    U"january", U"february", U"march",     U"april",   U"may",      U"june",
    U"july",    U"august",   U"september", U"october", U"november", U"december"};

constexpr std::size_t date_text_max = 200;  // characters; longer is prose, not a date

char32_t narrow(char32_t c) {
    if (c >= U'０' && c <= U'９') return c - U'０' + U'0';
    return c == 0x3000 || c == 0xA0 || c == U'\t' || c == U'\n' || c == U'\r' ? U' ' : c;
}

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
char32_t lower(char32_t c) { return c >= U'A' && c <= U'Z' ? c + 32 : c; }
bool is_letter(char32_t c) { return lower(c) >= U'a' && lower(c) <= U'z'; }

std::u32string narrowed(std::string_view text) {
    std::u32string out;
    for (std::size_t at = 0; at < text.size() && out.size() <= date_text_max;) {
        out += narrow(next_character(text, at));
    }
    const auto first = out.find_first_not_of(U' ');
    if (first == std::u32string::npos) return {};
    return out.substr(first, out.find_last_not_of(U' ') - first + 1);
}

void skip_blanks(std::u32string_view& text) {
    while (!text.empty() && text.front() == U' ')
        text.remove_prefix(1);
}

// Digits at the front, between `least` and `most` of them.
std::optional<int> take_number(std::u32string_view& text, std::size_t least, std::size_t most) {
    int value = 0;
    std::size_t count = 0;
    while (count < most && count < text.size() && is_digit(text[count])) {
        value = value * 10 + int(text[count] - U'0');
        ++count;
    }
    if (count < least) return std::nullopt;
    text.remove_prefix(count);
    return value;
}

// Letters of any alphabet, as far as names of months and weekdays have them.
bool is_name_letter(char32_t c) {
    constexpr char32_t first_accented = 0xC0;
    constexpr char32_t alphabets_end = 0x2000;
    return is_letter(c) || (c >= first_accented && c < alphabets_end);
}

std::optional<unsigned> english_month(std::u32string word) {
    std::ranges::transform(word, word.begin(), lower);
    for (std::size_t i = 0; i < months.size(); ++i) {
        if (word == months[i] || word == months[i].substr(0, 3) || word == months[i].substr(0, 4))
            return unsigned(i + 1);
    }
    return std::nullopt;
}

// The month of that name, or the only one whose name begins so.
std::optional<unsigned> named_month(std::u32string_view word,
                                    const DatePattern::MonthNames& names) {
    constexpr std::size_t beginning_min = 3;
    std::optional<unsigned> begun;
    bool is_one = true;
    for (const auto& [name, month] : names) {
        if (name == word) return month;
        if (word.size() < beginning_min || !name.starts_with(word)) continue;
        is_one = is_one && begun.value_or(month) == month;
        begun = month;
    }
    return is_one ? begun : std::nullopt;
}

std::optional<unsigned> take_month_name(std::u32string_view& text,
                                        const DatePattern::MonthNames& names) {
    std::size_t length = 0;
    while (length < text.size() && is_name_letter(text[length]))
        ++length;
    const std::u32string word(text.substr(0, length));
    const auto month = names.empty() ? english_month(word) : named_month(word, names);
    if (!month) return std::nullopt;
    text.remove_prefix(length);
    if (!text.empty() && text.front() == U'.') text.remove_prefix(1);
    return month;
}

std::optional<int> take_era_year(std::u32string_view& text) {
    for (const Era& era : eras) {
        if (!text.starts_with(era.name)) continue;
        text.remove_prefix(era.name.size());
        skip_blanks(text);
        if (text.starts_with(U'元')) {
            text.remove_prefix(1);
            return era.year_before_first + 1;
        }
        const auto year = take_number(text, 1, 2);
        if (!year) return std::nullopt;
        return era.year_before_first + *year;
    }
    return std::nullopt;
}

// The letters at the front of the rest, which mean nothing in a pattern, and what is meant.
Error no_token(std::string_view rest, const std::string& pattern) {
    const char letter = rest.front();
    const std::string letters(rest.substr(0, rest.find_first_not_of(letter)));
    const char folded = letter >= 'A' && letter <= 'Z' ? char(letter + 32) : letter;
    std::string wanted = "expected yyyy, MM, M, MMM, dd, d, Gy, E, * or T";
    if (folded == 'y' || folded == 'u') wanted = "the year is yyyy";
    if (folded == 'd') wanted = "the day is dd, or d for one digit or two";
    if (folded == 'm') wanted = "the month is MM, M for one digit or two, MMM for its name";
    if (folded == 'h' || folded == 's' || folded == 'z' || folded == 'a' || rest.starts_with("mm:"))
        wanted = "times are not read: * stands for all behind the day, as in yyyy-MM-ddT*";
    return {ErrorCode::usage,
            letters + " means nothing in a date pattern; " + wanted + ": " + pattern};
}

}  // namespace

Result<DatePattern::Form> DatePattern::compile_form(std::string_view pattern) {
    const std::string whole(pattern);
    Form form;
    const auto take = [&](std::string_view word, Part part, bool padded) {
        if (!pattern.starts_with(word)) return false;
        pattern.remove_prefix(word.size());
        form.push_back({part, padded});
        return true;
    };
    while (!pattern.empty()) {
        if (pattern.starts_with("MMMM")) return no_token(pattern, whole);
        if (take("yyyy", Part::year, false) || take("Gy", Part::era_year, false) ||
            take("MMM", Part::month_name, false) || take("MM", Part::month, true) ||
            take("dd", Part::day, true) || take("M", Part::month, false) ||
            take("d", Part::day, false) || take("E", Part::weekday, false) ||
            take("*", Part::rest, false) || take(" ", Part::blank, false)) {
            continue;
        }
        if (pattern.front() != 'T' &&
            is_letter(char32_t(static_cast<unsigned char>(pattern.front()))))
            return no_token(pattern, whole);
        std::size_t at = 0;
        form.push_back({Part::literal, false, narrow(next_character(pattern, at))});
        pattern.remove_prefix(at);
    }
    return form;
}

Result<DatePattern> DatePattern::compile(std::string_view patterns, MonthNames names) {
    DatePattern out;
    out.names_ = std::move(names);
    for (std::size_t from = 0; from <= patterns.size();) {
        const std::size_t end = std::min(patterns.find(" | ", from), patterns.size());
        Result<Form> form = compile_form(patterns.substr(from, end - from));
        if (!form) return form.error();
        const bool has_year = std::ranges::any_of(*form, [](const Token& token) {
            return token.part == Part::year || token.part == Part::era_year;
        });
        if (!has_year) {
            return Error{ErrorCode::usage,
                         "a date pattern without a year (yyyy or Gy): " + std::string(patterns)};
        }
        out.forms_.push_back(std::move(*form));
        from = end + 3;
    }
    return out;
}

std::optional<DatePattern::Fields> DatePattern::match(const Form& form,
                                                      const std::u32string& whole) const {
    Fields fields;
    std::u32string_view text = whole;
    const auto number = [&](bool padded, unsigned& into) {
        if (!padded) skip_blanks(text);
        const auto value = take_number(text, padded ? 2 : 1, 2);
        if (value) into = unsigned(*value);
        return value.has_value();
    };
    const auto year = [&](std::optional<int> value) {
        if (value) fields.year = *value;
        return value.has_value();
    };
    for (const Token& token : form) {
        bool fits = true;
        switch (token.part) {
            case Part::year:
                fits = year(take_number(text, 4, 4));
                break;
            case Part::era_year:
                fits = year(take_era_year(text));
                break;
            case Part::month:
                fits = number(token.is_padded, fields.month);
                break;
            case Part::day:
                fits = number(token.is_padded, fields.day);
                break;
            case Part::month_name: {
                const auto month = take_month_name(text, names_);
                fits = month.has_value();
                fields.month = month.value_or(0);
                break;
            }
            case Part::weekday:
                while (!text.empty() && is_name_letter(text.front()))
                    text.remove_prefix(1);
                break;
            case Part::rest:
                text = {};
                break;
            case Part::blank:
                skip_blanks(text);
                break;
            case Part::literal:
                fits = text.starts_with(token.literal);
                if (fits) text.remove_prefix(1);
                break;
        }
        if (!fits) return std::nullopt;
    }
    if (!text.empty()) return std::nullopt;
    return fields;
}

Result<Date> DatePattern::read(std::string_view text) const {
    const std::u32string narrow_text = narrowed(text);
    for (const Form& form : forms_) {
        const auto fields = match(form, narrow_text);
        if (!fields) continue;
        const bool names_month = std::ranges::any_of(form, [](const Token& token) {
            return token.part == Part::month || token.part == Part::month_name;
        });
        const bool names_day =
            std::ranges::any_of(form, [](const Token& token) { return token.part == Part::day; });
        const auto date = make_date(fields->year, fields->month, fields->day);
        const bool is_whole =
            (!names_month || fields->month != 0) && (!names_day || fields->day != 0);
        if (date && is_whole) return *date;
        return Error{ErrorCode::bad_date, "there is no such day"};
    }
    return Error{ErrorCode::bad_date, "not a date in any form stated for it"};
}

}  // namespace recall
