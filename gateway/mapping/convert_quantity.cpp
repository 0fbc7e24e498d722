// How many, in each country: "About 9,350 (In addition, about 120 were sold in Canada)". Strict: of
// two numbers that no country tells apart neither is taken.

#include <algorithm>
#include <array>

#include "gateway/mapping/clean_text.h"
#include "gateway/mapping/converter.h"

namespace recall::mapping {
namespace {

using Arguments = ConverterArguments;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Amount {
    std::string value;
    std::string qualifier;
    std::string scope;  // country's code; empty: not said
};

constexpr std::array<std::string_view, 21> number_words = {
    "zero",     "one",     "two",     "three",     "four",     "five",     "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"};

// Behind a number they make another of it: "5 dozen", "five hundred".
constexpr std::array<std::string_view, 6> multiples = {"hundred", "hundreds", "dozen",
                                                       "dozens",  "billion",  "score"};

struct Word {
    std::string text;  // folded, without punctuation at its ends
    std::string given;
};

std::vector<Word> words_of(std::string_view text) {
    std::vector<Word> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        std::string_view word = text.substr(at, end - at);
        at = end + 1;
        while (!word.empty() && std::string_view(",.;:()").find(word.back()) != word.npos &&
               word != "U.S.")
            word.remove_suffix(1);
        while (!word.empty() && std::string_view("(~").find(word.front()) != word.npos)
            word.remove_prefix(1);
        if (!word.empty()) out.push_back({folded(word), std::string(word)});
    }
    return out;
}

// "9,350", "2.1" before "million", "six"; nothing where a word only holds a number ("2-pack").
std::string number_in(const std::vector<Word>& words, std::size_t at) {
    const std::string& text = words[at].text;
    const std::string next = at + 1 < words.size() ? words[at + 1].text : "";
    if (std::ranges::find(multiples, next) != multiples.end()) return {};
    if (const auto found = std::ranges::find(number_words, text); found != number_words.end())
        return std::to_string(found - number_words.begin());
    std::string digits;
    std::size_t decimals = std::string::npos;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_digit(text[i])) {
            digits += text[i];
        } else if (text[i] == '.' && decimals == std::string::npos && i > 0) {
            decimals = text.size() - i - 1;
        } else if (text[i] != ',' || i == 0 || text.size() - i < 4 || !is_digit(text[i + 1]) ||
                   !is_digit(text[i + 2]) || !is_digit(text[i + 3])) {
            return {};
        }
    }
    if (digits.empty()) return {};
    const std::size_t zeros = next == "million" ? 6 : next == "thousand" ? 3 : 0;
    if (decimals != std::string::npos) {
        if (decimals > zeros) return {};
        digits.append(zeros - decimals, '0');
    } else {
        digits.append(zeros, '0');
    }
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
    return digits;
}

std::string_view qualifier_before(const std::vector<Word>& words, std::size_t at) {
    constexpr std::array<std::string_view, 9> about = {
        "about", "approximately", "approx", "around", "nearly", "over", "than", "least", "almost"};
    if (at == 0) return "exactly";
    const std::string& before = words[at - 1].text;
    constexpr std::array<std::string_view, 2> below = {"fewer", "less"};
    if (before == "than" && at > 1 && std::ranges::find(below, words[at - 2].text) != below.end())
        return "up_to";
    if (std::ranges::find(about, before) != about.end()) return "about";
    const bool is_up_to = before == "to" && at > 1 && words[at - 2].text == "up";
    return is_up_to ? "up_to" : "exactly";
}

// The country after "in" among the words from `at` up to `end`.
std::string country_in(const std::vector<Word>& words, std::size_t at, std::size_t end,
                       const CodeTable& countries) {
    constexpr std::size_t country_words_max = 4;
    for (; at < end; ++at) {
        if (words[at].text != "in") continue;
        std::size_t from = at + 1;
        if (from < end && words[from].text == "the") ++from;
        for (std::size_t count = std::min(country_words_max, end - from); count > 0; --count) {
            std::string name;
            for (std::size_t i = from; i < from + count; ++i)
                name += (name.empty() ? "" : " ") + words[i].given;
            if (const Code* code = countries.find_label(name)) return code->id;
        }
    }
    return {};
}

std::vector<Amount> amounts_of(std::string_view clause, const CodeTable& countries) {
    const std::vector<Word> words = words_of(clause);
    std::vector<Amount> out;
    std::vector<std::size_t> starts;
    for (std::size_t at = 0; at < words.size(); ++at) {
        std::string value = number_in(words, at);
        if (value.empty()) continue;
        starts.push_back(at);
        out.push_back({std::move(value), std::string(qualifier_before(words, at)), {}});
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::size_t end = i + 1 < starts.size() ? starts[i + 1] : words.size();
        out[i].scope = country_in(words, starts[i] + 1, end, countries);
    }
    return out;
}

// The text outside brackets, then each bracket's.
std::vector<std::string> clauses_of(std::string_view text) {
    std::vector<std::string> out(1);
    bool is_inside = false;
    for (const char c : text) {
        if (c == '(') {
            out.emplace_back();
            is_inside = true;
        } else if (c == ')') {
            is_inside = false;
        } else {
            (is_inside ? out.back() : out.front()) += c;
        }
    }
    return out;
}

// What an earlier recall took back is not counted again.
bool is_of_earlier(std::string_view clause) {
    const std::string text = folded(clause);
    return text.find("previously") != std::string::npos ||
           text.find("originally") != std::string::npos;
}

// The amounts of one text, the home country's first; nothing when they cannot be told apart.
std::vector<Amount> read_amounts(const std::string& text, const CodeTable& countries,
                                 const std::string& home) {
    const std::vector<std::string> clauses = clauses_of(text);
    std::vector<Amount> out = amounts_of(clauses.front(), countries);
    const auto without_country = [](const Amount& amount) { return amount.scope.empty(); };
    const auto unclear = std::ranges::count_if(out, without_country);
    if (unclear > 1 || (unclear == 1 && out.size() > 1)) return {};
    for (Amount& amount : out) {
        if (amount.scope.empty()) amount.scope = home;
    }
    for (std::size_t i = 1; i < clauses.size(); ++i) {
        if (is_of_earlier(clauses[i])) continue;
        for (Amount& amount : amounts_of(clauses[i], countries)) {
            const bool is_new = std::ranges::find(out, amount.scope, &Amount::scope) == out.end();
            if (!amount.scope.empty() && is_new) out.push_back(std::move(amount));
        }
    }
    const auto first = std::ranges::find(out, home, &Amount::scope);
    if (first != out.end()) std::rotate(out.begin(), first, first + 1);
    return out;
}

// quantities(countries, 'US'): each amount as "US: about, 9350", the home country's first.
Result<Convert> make_quantities(const Arguments& arguments, const CodeTables& tables) {
    const CodeTable* countries = tables.find(arguments[0]);
    if (countries == nullptr) return Error{ErrorCode::usage, "no table " + arguments[0]};
    return Convert(
        [countries, home = arguments[1]](Values& values, std::vector<Problem>& problems) {
            Values out;
            for (const std::string& value : values) {
                const std::vector<Amount> amounts = read_amounts(tidy(value), *countries, home);
                if (amounts.empty() && !value.empty())
                    problems.push_back({ErrorCode::bad_number, value});
                for (const Amount& amount : amounts)
                    out.push_back(amount.scope + ": " + amount.qualifier + ", " + amount.value);
            }
            values = std::move(out);
        });
}

Result<Convert> make_rest(const Arguments&, const CodeTables&) {
    return Convert([](Values& values, std::vector<Problem>&) {
        if (!values.empty()) values.erase(values.begin());
    });
}

constexpr std::array<ConverterSpec, 2> specs = {{
    {"quantities", 2, 2,
     "the amount for each country of a table, that of the country given first: \"US: about, "
     "9350\"; "
     "none where two cannot be told apart",
     make_quantities},
    {"rest", 0, 0, "all values but the first", make_rest},
}};

}  // namespace

std::span<const ConverterSpec> quantity_converters() { return specs; }

}  // namespace recall::mapping
