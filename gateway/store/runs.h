#pragma once
// Runs of a source: one row each, with what came of it. One session, one thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/store/session.h"

namespace recall::store {

enum class RunState { running, healthy, degraded, failed };
std::string_view spelling(RunState state);

struct RunCounts {
    long long fetched = 0;
    long long created = 0;
    long long changed = 0;
    long long unchanged = 0;
    long long vanished = 0;
    long long quarantined = 0;
    bool operator==(const RunCounts&) const = default;
};

struct Run {
    long long id = 0;
    std::string source{};
    std::string started_at{};
    std::string finished_at{};  // empty while it runs
    RunState state = RunState::running;
    std::string reason{};  // why degraded or failed
    RunCounts counts;
};

class Runs {
  public:
    explicit Runs(Session& session) : session_(session) {}

    long long start(std::string_view source, Instant now);
    void finish(long long id, RunState state, std::string_view reason, const RunCounts& counts,
                Instant now);

    std::optional<Run> latest(std::string_view source);
    // Latest first; an empty source means all.
    std::vector<Run> list(std::string_view source, std::size_t rows);

    // After a crash: runs of these sources still marked running become failed, with the reason.
    long long fail_unfinished(std::string_view source, std::string_view reason, Instant now);

  private:
    Session& session_;
};

}  // namespace recall::store
