#pragma once
// A recall date: a calendar date known to the day, the month or the year; never an instant.
// Text form is ISO 8601 ("2025-02-03", "2025-02", "2025"). Reading the forms that sources use
// (eras, padded days, month names) is date_pattern.h.

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/result.h"

namespace recall {

struct Date {
    int year = 0;
    unsigned month = 0;  // 0: only the year is known
    unsigned day = 0;    // 0: only the month is known

    bool operator==(const Date&) const = default;
    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the 0 of <=> for a pointer.
    auto operator<=>(const Date&) const = default;
};

inline constexpr int date_year_min = 1900;
inline constexpr int date_year_max = 2100;

// The date, when such a day exists between date_year_min and date_year_max; else nothing.
// month or day 0 mean "not known"; a day needs a month.
std::optional<Date> make_date(int year, unsigned month = 0, unsigned day = 0);

std::string to_text(const Date& date);

// Strict ISO 8601 with precision day, month or year; fails with bad_date.
Result<Date> parse_date(std::string_view iso);

// The first and last day that the date can mean.
Date first_day(const Date& date);
Date last_day(const Date& date);

}  // namespace recall
