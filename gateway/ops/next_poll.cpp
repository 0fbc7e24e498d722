#include "gateway/ops/next_poll.h"

#include "gateway/base/clock.h"

namespace recall::ops {

std::string next_poll_text(store::Session& session, const SourceSwitches& switches,
                           const Result<ingest::PolledSource>& source,
                           const std::optional<store::Run>& latest) {
    if (!source) return "-";
    const std::string why = switches.off_because(source->mapping);
    if (!why.empty()) return "off: " + why;
    const Instant now = SystemClock().now();
    const auto due = ingest::next_due(session, source->mapping, latest, now);
    if (!due) return "-";
    const auto until = ingest::asked_until(session, source->mapping.source, now);
    return to_text(*due) + (until ? " (not before " + to_text(*until) + ": the server asked)" : "");
}

std::string state_text(const std::optional<store::Run>& run) {
    return run ? std::string(spelling(run->state)) : "never polled";
}

}  // namespace recall::ops
