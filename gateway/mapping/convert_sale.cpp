// When a product was sold, out of a sentence: "… online at example.com from March 2024 through
// January 2026 for about $20." Strict: a year that belongs to no period is reported, not guessed.

#include <algorithm>
#include <array>

#include "gateway/base/date.h"
#include "gateway/mapping/clean_text.h"
#include "gateway/mapping/converter.h"

namespace recall::mapping {
namespace {

using Arguments = ConverterArguments;
using Words = std::vector<std::string>;

constexpr std::array<std::string_view, 12> months = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};
constexpr std::size_t no_month = 0;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

// Words and numbers, also where the source left out the blank ("fromMay", "2023through"); signs
// stand alone. A number with a currency's sign before it keeps the sign, so that $2,023 is no year.
Words words_of(std::string_view text) {
    Words out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at++;
        const char first = text[from];
        if (first == ' ') continue;
        if (is_digit(first) || first == '$') {
            while (at < text.size() && (is_digit(text[at]) || (first == '$' && text[at] == ',')))
                ++at;
        } else if (is_lower(first) || is_upper(first)) {
            while (at < text.size() && (is_lower(text[at]) || is_upper(text[at]))) {
                if (is_lower(text[at - 1]) && is_upper(text[at])) break;
                ++at;
            }
        }
        const bool is_sign = static_cast<unsigned char>(first) >= 0x80;
        if (is_sign) {
            while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80)
                ++at;
        }
        out.push_back(folded(text.substr(from, at - from)));
    }
    return out;
}

std::size_t month_of(std::string_view word) {
    const auto found = std::ranges::find_if(months, [&](std::string_view month) {
        return word == month || (word.size() >= 3 && word != "mar" && month.substr(0, 3) == word) ||
               (word == "sept" && month == "september") || (word == "mar" && month == "march");
    });
    return found == months.end() ? no_month : std::size_t(found - months.begin()) + 1;
}

int year_of(std::string_view word) {
    if (word.size() != 4 || !std::ranges::all_of(word, is_digit)) return 0;
    const int year = std::stoi(std::string(word));
    return year >= 1950 && year <= 2099 ? year : 0;
}

struct Period {
    std::optional<Date> from;
    std::optional<Date> to;
};

class PeriodReader {
  public:
    explicit PeriodReader(std::string_view text) : words_(words_of(text)) {}

    std::vector<Period> read() {
        std::vector<Period> out;
        for (at_ = 0; at_ < words_.size();) {
            const std::size_t before = at_;
            if (auto period = read_period()) {
                out.push_back(*period);
            } else {
                at_ = before + 1;
            }
        }
        return out;
    }

    bool has_year() const {
        return std::ranges::any_of(words_,
                                   [](const std::string& word) { return year_of(word) != 0; });
    }

  private:
    std::string_view word(std::size_t at) const {
        return at < words_.size() ? std::string_view(words_[at]) : std::string_view();
    }
    bool take(std::initializer_list<std::string_view> any) {
        if (std::ranges::find(any, word(at_)) == any.end()) return false;
        ++at_;
        return true;
    }

    // "March 2024", "March 3, 2024", "2024", and before a connector "March" alone.
    std::optional<Date> read_date() {
        const std::size_t month = month_of(word(at_));
        if (month == no_month) {
            const int year = year_of(word(at_));
            if (year == 0) return std::nullopt;
            ++at_;
            return make_date(year);
        }
        ++at_;
        take({"."});
        unsigned day = 0;
        if (const auto text = word(at_); !text.empty() && text.size() <= 2 && is_digit(text[0])) {
            day = unsigned(std::stoi(std::string(text)));
            ++at_;
        }
        take({","});
        const int year = year_of(word(at_));
        if (year == 0) return Date{0, unsigned(month), day};
        ++at_;
        return make_date(year, unsigned(month), day);
    }

    std::optional<Period> read_period() {
        const bool is_single = word(at_) == "in";
        const bool is_open = take({"from", "between", "since", "in", "beginning", "starting"});
        if (is_open && word(at_) == "as" && word(at_ + 1) == "early") {
            at_ += 2;
            take({"as"});
        }
        while (is_open && take({"about", "approximately", "around", "late", "early", "mid", "-"})) {
        }
        auto from = read_date();
        if (!from) return std::nullopt;
        if (is_single) {
            if (from->year == 0 || from->month == 0) return std::nullopt;
            return Period{from, from};
        }
        take({","});
        if (!take({"through", "thru", "to", "until", "till", "and", "-"})) {
            if (!is_open || from->year == 0 || from->month == 0) return std::nullopt;
            return Period{from, std::nullopt};
        }
        return read_end(*from, is_open);
    }

    std::optional<Period> read_end(Date from, bool is_open) {
        while (take({"about", "approximately", "around", "late", "early", "mid", "the", "-"})) {
        }
        if (take({"present", "today", "now"})) {
            if (from.year == 0) return std::nullopt;
            return Period{from, std::nullopt};
        }
        const auto to = read_date();
        if (!to || to->year == 0) return std::nullopt;
        if (from.year == 0) from.year = to->year;
        const bool is_clear = is_open || (from.month != 0 && to->month != 0);
        if (!is_clear || first_day(from) > last_day(*to)) return std::nullopt;
        return Period{from, to};
    }

    Words words_;
    std::size_t at_ = 0;
};

// From the earliest beginning to the latest end; no end when one of the periods has none.
Period whole_of(const std::vector<Period>& periods) {
    Period out = periods.front();
    for (const Period& period : periods) {
        if (period.from && first_day(*period.from) < first_day(*out.from)) out.from = period.from;
        if (!period.to || !out.to) {
            out.to.reset();
        } else if (last_day(*out.to) < last_day(*period.to)) {
            out.to = period.to;
        }
    }
    return out;
}

// sold(from), sold(to).
Result<Convert> make_sold(const Arguments& arguments, const CodeTables&) {
    const bool wants_end = arguments.front() == "to";
    if (!wants_end && arguments.front() != "from")
        return Error{ErrorCode::usage, "sold takes from, or to"};
    return one_by_one([wants_end](const std::string& value,
                                  std::vector<Problem>& problems) -> std::optional<std::string> {
        PeriodReader reader(tidy(value));
        const std::vector<Period> periods = reader.read();
        if (periods.empty()) {
            // Once: the beginning tells of it.
            if (reader.has_year() && !wants_end) problems.push_back({ErrorCode::bad_date, value});
            return std::nullopt;
        }
        const Period whole = whole_of(periods);
        const std::optional<Date>& date = wants_end ? whole.to : whole.from;
        if (!date) return std::nullopt;
        return to_text(*date);
    });
}

constexpr std::array<ConverterSpec, 1> specs = {{
    {"sold", 1, 1,
     "when it was sold first (from) or last (to), out of a sentence: \"from March 2024 through May "
     "2025\"",
     make_sold},
}};

}  // namespace

std::span<const ConverterSpec> sale_converters() { return specs; }

}  // namespace recall::mapping
