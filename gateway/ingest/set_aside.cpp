#include "gateway/ingest/set_aside.h"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace recall::ingest {
namespace {

Date days_after(Date day, long long count) {
    const std::chrono::sys_days from(std::chrono::year(day.year) / int(day.month) / int(day.day));
    const std::chrono::year_month_day to{from + std::chrono::days(count)};
    return {int(to.year()), unsigned(to.month()), unsigned(to.day())};
}

std::string beginning(std::string_view version) { return "@" + std::string(version) + " "; }

}  // namespace

long long aside_days(long long attempts) {
    long long days = 1;
    for (long long i = 1; i < attempts && days < aside_days_max; ++i)
        days *= 2;
    return std::min(days, aside_days_max);
}

SetAside set_aside_on(Date today, const std::optional<SetAside>& before) {
    const long long attempts = (before ? before->attempts : 0) + 1;
    return {attempts, days_after(today, aside_days(attempts))};
}

std::string aside_fingerprint(std::string_view version, const SetAside& aside) {
    return beginning(version) + std::to_string(aside.attempts) + " " + to_text(aside.again);
}

std::optional<SetAside> read_aside(std::string_view version, std::string_view fingerprint) {
    const std::string start = beginning(version);
    if (!fingerprint.starts_with(start)) return std::nullopt;
    fingerprint.remove_prefix(start.size());
    SetAside out;
    const auto [end, status] =
        std::from_chars(fingerprint.data(), fingerprint.data() + fingerprint.size(), out.attempts);
    if (status != std::errc() || out.attempts < 1) return std::nullopt;
    fingerprint.remove_prefix(static_cast<std::size_t>(end - fingerprint.data()));
    if (!fingerprint.starts_with(' ')) return std::nullopt;
    const Result<Date> again = parse_date(fingerprint.substr(1));
    if (!again) return std::nullopt;
    out.again = first_day(*again);
    return out;
}

}  // namespace recall::ingest
