#pragma once
// When a source is polled next: its cadence, its office hours, and jitter so that gateways do not
// all come on the minute. Pure; any thread.

#include "gateway/base/clock.h"
#include "gateway/mapping/fetch_plan.h"

#include <optional>

namespace recall::ingest {

// The first instant that is `every_minutes` and a part of the jitter after `last`, on an open day
// and inside the open hours of the source. `share` is a random number from 0 up to 1.
Instant next_poll(const mapping::FetchSchedule& schedule, Instant last, double share);

// True when a complete listing is due: never had one, or the last is rescan_hours old.
bool is_rescan_due(const mapping::FetchSchedule& schedule, std::optional<Instant> last_full,
                   Instant now);

// The day on the source's own calendar.
Date date_at_source(const mapping::FetchSchedule& schedule, Instant instant);

}  // namespace recall::ingest
