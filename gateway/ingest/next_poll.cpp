#include "gateway/ingest/next_poll.h"

#include "gateway/base/check.h"

#include <algorithm>

namespace recall::ingest {
namespace {

using std::chrono::days, std::chrono::duration_cast, std::chrono::floor, std::chrono::hours;
using std::chrono::milliseconds, std::chrono::minutes;
using std::chrono::sys_days, std::chrono::weekday;

bool is_open_day(const mapping::FetchSchedule& schedule, sys_days day) {
    return schedule.weekdays.empty() ||
           std::ranges::find(schedule.weekdays, weekday(day).iso_encoding()) !=
               schedule.weekdays.end();
}

}  // namespace

Instant next_poll(const mapping::FetchSchedule& schedule, Instant last, double share) {
    RECALL_CHECK(schedule.every_minutes > 0, "whoever polls a source decides how often");
    const auto every = duration_cast<milliseconds>(minutes(schedule.every_minutes));
    const double part = std::clamp(share, 0.0, 1.0) * double(schedule.jitter_percent) / 100;
    const milliseconds jitter(static_cast<long long>(double(every.count()) * part));
    // From here on the source's own wall clock, written as if it were UTC.
    Instant wall = last + every + jitter + minutes(schedule.utc_offset_minutes);
    constexpr int days_of_a_week = 7;
    for (int i = 0; i <= days_of_a_week; ++i) {
        const sys_days day = floor<days>(wall);
        const Instant opens = day + minutes(schedule.open_from_minute);
        const Instant closes = day + minutes(schedule.open_to_minute);
        if (is_open_day(schedule, day) && wall < closes) {
            // Before opening time the jitter counts from the door, or all would come at once.
            if (wall < opens) wall = std::min(opens + jitter, closes - milliseconds(1));
            break;
        }
        wall = day + days(1);
    }
    return wall - minutes(schedule.utc_offset_minutes);
}

bool is_rescan_due(const mapping::FetchSchedule& schedule, std::optional<Instant> last_full,
                   Instant now) {
    return !last_full || now - *last_full >= hours(schedule.rescan_hours);
}

Date date_at_source(const mapping::FetchSchedule& schedule, Instant instant) {
    const std::chrono::year_month_day day{
        floor<days>(instant + minutes(schedule.utc_offset_minutes))};
    return {int(day.year()), unsigned(day.month()), unsigned(day.day())};
}

}  // namespace recall::ingest
