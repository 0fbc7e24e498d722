#include "gateway/base/date.h"

#include <chrono>

namespace recall {
namespace {

unsigned days_of(int year, unsigned month) {
    const std::chrono::year_month_day_last end{std::chrono::year{year} / std::chrono::month{month} /
                                               std::chrono::last};
    return unsigned(end.day());
}

}  // namespace

std::optional<Date> make_date(int year, unsigned month, unsigned day) {
    if (year < date_year_min || year > date_year_max || month > 12) return std::nullopt;
    if (day != 0 && (month == 0 || day > days_of(year, month))) return std::nullopt;
    return Date{year, month, day};
}

std::string to_text(const Date& date) {
    const auto two_digits = [](unsigned value) {
        return std::string{char('0' + value / 10 % 10), char('0' + value % 10)};
    };
    std::string text = std::to_string(date.year);
    if (date.month != 0) text += "-" + two_digits(date.month);
    if (date.day != 0) text += "-" + two_digits(date.day);
    return text;
}

Result<Date> parse_date(std::string_view iso) {
    const Error wrong{ErrorCode::bad_date, "not an ISO date: " + std::string(iso)};
    if (iso.size() != 4 && iso.size() != 7 && iso.size() != 10) return wrong;
    unsigned parts[3] = {0, 0, 0};
    const std::size_t starts[3] = {0, 5, 8};
    const std::size_t lengths[3] = {4, 2, 2};
    for (int part = 0; part < 3 && starts[part] < iso.size(); ++part) {
        if (part > 0 && iso[starts[part] - 1] != '-') return wrong;
        for (std::size_t i = starts[part]; i < starts[part] + lengths[part]; ++i) {
            if (iso[i] < '0' || iso[i] > '9') return wrong;
            parts[part] = parts[part] * 10 + unsigned(iso[i] - '0');
        }
        if (part > 0 && parts[part] == 0) return wrong;
    }
    const auto date = make_date(int(parts[0]), parts[1], parts[2]);
    if (!date) return wrong;
    return *date;
}

Date first_day(const Date& date) {
    return {date.year, date.month == 0 ? 1 : date.month, date.day == 0 ? 1 : date.day};
}

Date last_day(const Date& date) {
    const unsigned month = date.month == 0 ? 12 : date.month;
    return {date.year, month, date.day == 0 ? days_of(date.year, month) : date.day};
}

}  // namespace recall
