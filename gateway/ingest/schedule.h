#pragma once
// Polls every source when it is due: by its cadence, its office hours and its jitter. Due is
// reckoned from the runs in the database, so that gateways that share one agree, and a restart
// changes nothing; leases keep two of them from the same source. Start and stop from one thread.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "gateway/ingest/run.h"
#include "gateway/mapping/mapping_file.h"

namespace recall::ingest {

struct PolledSource {
    mapping::Mapping mapping;
    Adapter adapter = nullptr;
};

struct ScheduleOptions {
    std::size_t workers = 2;  // sources polled at the same time
    // Between two looks at the runs of other gateways.
    std::chrono::milliseconds look_every{5000};
};

class Schedule {
  public:
    // Only sources whose mapping says how they are fetched.
    Schedule(RunParts parts, std::vector<PolledSource> sources, ScheduleOptions options);
    ~Schedule();
    Schedule(const Schedule&) = delete;
    Schedule& operator=(const Schedule&) = delete;

    void start();
    // Ends fetches and runs under way between two documents.
    void stop();

    // Polls what is due, one after the other, in this thread; how many runs there were.
    int run_due(const std::stop_token& stop = {});

  private:
    struct Turn {
        const PolledSource* source = nullptr;
        long long latest_run = 0;
    };

    void work(const std::stop_token& stop);
    // The first source that is due and that no worker has; it is then this worker's.
    std::optional<Turn> take_turn();
    bool carry_out(const Turn& turn, const std::stop_token& stop);

    RunParts parts_;
    std::vector<PolledSource> sources_;
    ScheduleOptions options_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::set<const PolledSource*> busy_;  // behind mutex_
    std::vector<std::jthread> workers_;
};

// After a run that failed the source is asked again so soon, if its cadence is not shorter still.
inline constexpr long long retry_minutes = 15;

// When a source is due after its latest run, if that came to its end; without one, as soon as it is
// open.
Instant due_at(const mapping::FetchSchedule& schedule, const std::string& source,
               const std::optional<store::Run>& latest, Instant now);

// The same by what the database says: at once after a run that was stopped or died with its
// gateway, not while somebody polls it, and not before the time that the source asked for.
std::optional<Instant> next_due(store::Session& session, const mapping::Mapping& mapping,
                                const std::optional<store::Run>& latest, Instant now);

}  // namespace recall::ingest
