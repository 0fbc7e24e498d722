// Converters to ISO 8601 dates.

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "gateway/base/date_pattern.h"
#include "gateway/mapping/converter.h"
#include "gateway/text/month_names.h"

namespace recall::mapping {
namespace {

Result<Convert> make_date(const ConverterArguments& arguments, const CodeTables&) {
    DatePattern::MonthNames names;
    if (arguments.size() > 1) names = text::month_names(arguments[1]);
    if (arguments.size() > 1 && names.empty()) {
        return Error{ErrorCode::usage, "no names of months are known for the language \"" +
                                           arguments[1] + "\"; expected a tag such as de or pt-BR"};
    }
    const auto pattern = DatePattern::compile(arguments.front(), std::move(names));
    if (!pattern) return pattern.error();
    return one_by_one(
        [pattern = *pattern](const std::string& value,
                             std::vector<Problem>& problems) -> std::optional<std::string> {
            const auto date = pattern.read(value);
            if (!date) {
                problems.push_back({ErrorCode::bad_date, value});
                return std::nullopt;
            }
            return to_text(*date);
        });
}

// The latest of several ISO dates, whose texts sort as they do.
Result<Convert> make_latest(const ConverterArguments&, const CodeTables&) {
    return Convert([](Values& values, std::vector<Problem>&) {
        if (values.size() > 1) values = {*std::max_element(values.begin(), values.end())};
    });
}

// "/Date(1476417600000-0400)/", as .NET writes an instant: the day where it was written. Other
// texts pass.
Result<Convert> make_dotnet_date(const ConverterArguments&, const CodeTables&) {
    return one_by_one([](const std::string& value, std::vector<Problem>&) -> std::string {
        constexpr std::string_view before = "/Date(";
        if (!value.starts_with(before)) return value;
        const char* const end = value.data() + value.size();
        long long milliseconds = 0;
        long long offset = 0;  // hhmm
        const auto [rest, error] = std::from_chars(value.data() + before.size(), end, milliseconds);
        if (error != std::errc()) return value;
        std::from_chars(rest + (rest != end && *rest == '+' ? 1 : 0), end, offset);
        constexpr long long milliseconds_max = 4'102'444'800'000;  // the year 2100
        constexpr long long offset_max = 1400;                     // hhmm
        const bool is_near = milliseconds >= -milliseconds_max &&
                             milliseconds <= milliseconds_max && offset >= -offset_max &&
                             offset <= offset_max;
        if (!is_near) return value;
        const std::chrono::milliseconds there = std::chrono::milliseconds(milliseconds) +
                                                std::chrono::hours(offset / 100) +
                                                std::chrono::minutes(offset % 100);
        const std::chrono::sys_time<std::chrono::milliseconds> instant(there);
        const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(instant));
        return to_text(Date{int(day.year()), unsigned(day.month()), unsigned(day.day())});
    });
}

constexpr std::array<ConverterSpec, 3> specs = {{
    {"date", 1, 2,
     "a date in one of the forms given, see below; the language of the months' names, else English",
     make_date},
    {"latest", 0, 0, "the latest of several dates", make_latest},
    {"dotnet-date", 0, 0, "the day of an instant written as \"/Date(1476417600000-0400)/\"",
     make_dotnet_date},
}};

}  // namespace

std::span<const ConverterSpec> date_converters() { return specs; }

}  // namespace recall::mapping
