#include "gateway/net/retry.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace recall::net {
namespace {

constexpr std::array<std::string_view, 12> month_names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr long long retry_after_seconds_max = 365LL * 24 * 3600;

std::optional<long long> whole_number(std::string_view text) {
    long long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || text.front() == '-') return {};
    return value;
}

// RFC 9110 §5.6.7, IMF-fixdate: "Sun, 06 Nov 1994 08:49:37 GMT".
std::optional<Instant> http_date(std::string_view text) {
    using std::chrono::day, std::chrono::hours, std::chrono::minutes, std::chrono::month;
    using std::chrono::seconds, std::chrono::sys_days, std::chrono::year;
    using std::chrono::year_month_day;
    if (text.size() != 29 || text.substr(3, 2) != ", " || text.substr(25) != " GMT" ||
        text[7] != ' ' || text[11] != ' ' || text[16] != ' ' || text[19] != ':' ||
        text[22] != ':') {
        return {};
    }
    const auto* const name = std::ranges::find(month_names, text.substr(8, 3));
    const auto day_number = whole_number(text.substr(5, 2));
    const auto year_number = whole_number(text.substr(12, 4));
    const auto hour = whole_number(text.substr(17, 2));
    const auto minute = whole_number(text.substr(20, 2));
    const auto second = whole_number(text.substr(23, 2));
    if (name == month_names.end() || !day_number || !year_number || !hour || !minute || !second) {
        return {};
    }
    const year_month_day date{year(int(*year_number)),
                              month(unsigned(name - month_names.begin()) + 1),
                              day(unsigned(*day_number))};
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return {};
    return Instant{sys_days{date}} + hours{*hour} + minutes{*minute} + seconds{*second};
}

}  // namespace

std::chrono::milliseconds backoff_wait(const Backoff& backoff, int attempt, double share) {
    std::chrono::milliseconds wait = backoff.first;
    for (int i = 1; i < attempt && wait < backoff.most; ++i)
        wait *= 2;
    wait = std::min(wait, backoff.most);
    return std::chrono::milliseconds(
        static_cast<long long>(double(wait.count()) * std::clamp(share, 0.0, 1.0)));
}

std::optional<std::chrono::seconds> retry_after(std::string_view value, Instant now) {
    if (value.empty()) return {};
    if (const auto seconds = whole_number(value)) {
        return std::chrono::seconds(std::min(*seconds, retry_after_seconds_max));
    }
    const auto until = http_date(value);
    if (!until) return {};
    const auto wait = std::chrono::ceil<std::chrono::seconds>(*until - now);
    return std::clamp(wait, std::chrono::seconds(0), std::chrono::seconds(retry_after_seconds_max));
}

}  // namespace recall::net
