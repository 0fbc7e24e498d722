#pragma once
// One run of one source, from its lease to its row in the list of runs. What a run stores, it
// stores document by document in bounded transactions: a run that ends early has lost nothing and
// left nothing half, and the next one goes on. One thread a run; runs of several sources at once
// are fine. Fails with conflict when the source is being polled elsewhere, with rate_limited before
// the time that its server asked for, with bad_mapping when its mapping file does not say how. A
// Failure inside ends the run as failed; only when that cannot be stored does it leave.

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>

#include "gateway/base/result.h"
#include "gateway/ingest/run_work.h"
#include "gateway/ingest/source.h"
#include "gateway/store/runs.h"

namespace recall::ingest {

struct RunOptions {
    // full: a complete listing although none is due.
    std::optional<Scope> scope;
    std::optional<Date> since;  // instead of the last healthy run's date; makes it incremental
    // The latest run as the caller knows it (0: none): when there is another by now, the source was
    // polled meanwhile, and the run fails with conflict.
    std::optional<long long> latest_run;
    bool is_pressed = false;  // although the source asked to be left alone: see asked_until
    std::stop_token stop;     // ends the run between two documents
};

struct RunReport {
    long long run = 0;
    store::RunState state = store::RunState::failed;
    std::string reason;
    store::RunCounts counts{};
};

// Names of what a source remembers between runs (store::Cursors): instants as RFC 3339.
inline constexpr std::string_view last_healthy_cursor = "last_healthy";
inline constexpr std::string_view last_full_cursor = "last_full";
inline constexpr std::string_view stopped_cursor = "stopped";    // there: the latest run was
inline constexpr std::string_view surveyed_cursor = "surveyed";  // mapping version of the coverage
inline constexpr std::string_view asked_until_cursor = "asked_until";

// A source that asks to be left alone for longer is asked again after this: it may err, and its
// recalls must not be missed for long.
inline constexpr std::chrono::hours asked_wait_max{24};

// Until when the source asked to be left alone (Retry-After), by what is stored of it; nothing when
// it did not, or that is over.
std::optional<Instant> asked_until(store::Session& session, const std::string& source, Instant now);

Result<RunReport> run_source(const RunParts& parts, const mapping::Mapping& mapping,
                             Adapter adapter, const RunOptions& options);

}  // namespace recall::ingest
