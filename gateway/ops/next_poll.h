#pragma once
// When a source is polled next, as `source list` and `source show` say it. One thread.

#include <optional>
#include <string>

#include "gateway/ingest/schedule.h"
#include "gateway/ops/source_switches.h"
#include "gateway/store/runs.h"

namespace recall::ops {

// A time, with "(not before TIME: the server asked)" while that is so; "off: WHY"; or "-" while it
// is being polled, and of a source that nothing fetches.
std::string next_poll_text(store::Session& session, const SourceSwitches& switches,
                           const Result<ingest::PolledSource>& source,
                           const std::optional<store::Run>& latest);

// Of the latest run.
std::string state_text(const std::optional<store::Run>& run);

}  // namespace recall::ops
