// Numbers in prose: quantities, prices, counts of incidents. Decimal text in, decimal text out.

#include <algorithm>
#include <array>

#include "gateway/mapping/clean_text.h"
#include "gateway/mapping/converter.h"
#include "gateway/mapping/number_text.h"
#include "gateway/model/notice_forms.h"
#include "gateway/text/number_marks.h"

namespace recall::mapping {
namespace {

using Arguments = ConverterArguments;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr std::array<std::string_view, 21> number_words = {
    "zero",     "one",     "two",     "three",     "four",     "five",     "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"};

// "9,350" and "1.5" as they are meant in English: commas group, a point is decimal. Moves `at`
// past.
std::string take_number(std::string_view text, std::size_t& at) {
    std::string out;
    bool has_point = false;
    while (at < text.size()) {
        const bool before_digit = at + 1 < text.size() && is_digit(text[at + 1]);
        if (is_digit(text[at])) {
            out += text[at];
        } else if (text[at] == '.' && before_digit && !has_point) {
            has_point = true;
            out += '.';
        } else if (!(text[at] == ',' && before_digit && !has_point)) {
            break;
        }
        ++at;
    }
    const std::size_t first = std::min(out.find_first_not_of('0'), out.size());
    out.erase(0, first);
    if (out.empty() || out.front() == '.') out.insert(0, "0");
    return out;
}

// number, number('de'): the first number of the text, "million" counted, as the language writes it.
Result<Convert> make_number(const Arguments& arguments, const CodeTables&) {
    const std::string language = arguments.empty() ? "en" : arguments.front();
    if (!model::fits(model::Form::language, language)) {
        return Error{ErrorCode::usage,
                     "number takes the language whose marks the numbers have, as "
                     "in number('de'), not \"" +
                         language + "\""};
    }
    return one_by_one([mark = text::decimal_mark(language)](
                          const std::string& value,
                          std::vector<Problem>& problems) -> std::optional<std::string> {
        std::optional<NumberText> found = first_number(value, mark);
        if (!found || !found->decimal) {
            problems.push_back({ErrorCode::bad_number, value});
            return std::nullopt;
        }
        return std::move(*found->decimal);
    });
}

// "$2,500 and 3,500", "$10 to $20": what follows an amount makes it one end of a range.
bool opens_range(std::string_view rest) {
    for (const std::string_view word : {" and ", " to ", " through ", "-", " - ", "\xE2\x80\x93"}) {
        if (!rest.starts_with(word)) continue;
        const std::string_view next = rest.substr(word.size());
        if (!next.empty() && (is_digit(next.front()) || next.front() == '$')) return true;
    }
    return false;
}

// money('$'): the amount after the sign when the text names one amount only.
Result<Convert> make_money(const Arguments& arguments, const CodeTables&) {
    return Convert([sign = arguments.front()](Values& values, std::vector<Problem>&) {
        Values amounts;
        for (const std::string& value : values) {
            for (std::size_t at = value.find(sign); at != std::string::npos;
                 at = value.find(sign, at)) {
                at += sign.size();
                if (at >= value.size() || !is_digit(value[at])) continue;
                std::string amount = take_number(value, at);
                if (opens_range(std::string_view(value).substr(at))) {
                    values.clear();
                    return;
                }
                if (std::ranges::find(amounts, amount) == amounts.end())
                    amounts.push_back(std::move(amount));
            }
        }
        values = amounts.size() == 1 ? std::move(amounts) : Values();
    });
}

std::string number_of(std::string_view word) {
    std::size_t at = 0;
    if (!word.empty() && is_digit(word.front())) return take_number(word, at);
    if (word == "no" || word == "none") return "0";
    const auto found = std::ranges::find(number_words, word);
    return found == number_words.end() ? "" : std::to_string(found - number_words.begin());
}

// count('report', …): the number directly before a word that begins like one of those given, with
// at most two words between ("three minor injuries"); the first one in the text.
Result<Convert> make_count(const Arguments& arguments, const CodeTables&) {
    constexpr std::size_t words_between_max = 2;
    return one_by_one([stems = arguments](const std::string& value,
                                          std::vector<Problem>&) -> std::optional<std::string> {
        std::vector<std::string> words;
        const std::string text = folded(value);
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find_first_of(" \n;()", at), text.size());
            if (end > at) words.push_back(text.substr(at, end - at));
            at = end + 1;
        }
        for (std::size_t i = 0; i < words.size(); ++i) {
            const bool is_stem = std::ranges::any_of(
                stems, [&](const std::string& stem) { return words[i].starts_with(stem); });
            if (!is_stem) continue;
            for (std::size_t back = 1; back <= words_between_max + 1 && back <= i; ++back) {
                if (words[i - back].ends_with('.') || words[i - back].ends_with(',')) break;
                if (const std::string number = number_of(words[i - back]); !number.empty())
                    return number;
            }
        }
        return std::nullopt;
    });
}

constexpr std::array<ConverterSpec, 3> specs = {{
    {"number", 0, 1,
     "the first number of the text as plain decimal, written as in English or in the language "
     "given: number('de')",
     make_number},
    {"money", 1, 1, "the amount after the sign given, when the text names one amount only",
     make_money},
    {"count", 1, 9, "the number before a word that begins as given: \"three reports\"", make_count},
}};

}  // namespace

std::span<const ConverterSpec> number_converters() { return specs; }

}  // namespace recall::mapping
