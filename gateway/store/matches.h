#pragma once
// Matches between listings and notices, and the verdicts of people on them. A new score replaces
// the old one and leaves the state alone; verdicts are only added. One session, one thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/base/result.h"
#include "gateway/model/match.h"
#include "gateway/store/page.h"
#include "gateway/store/session.h"

namespace recall::store {

enum class MatchState { open, confirmed, rejected };
std::string_view spelling(MatchState state);

struct StoredMatch {
    long long id = 0;
    std::string platform{};
    std::string listing{};
    std::string notice{};
    long long product = 0;
    double score = 0;
    model::Decision decision = model::Decision::no_match;
    std::string evidence_json{};
    MatchState state = MatchState::open;
    std::string found_at{};
    std::string updated_at{};
    std::string decided_by{};
    std::string decided_at{};
    std::string reason{};
};

struct Verdict {
    MatchState state = MatchState::open;
    std::string by{};
    std::string reason{};
    std::string at{};
};

// Empty members do not filter.
struct MatchFilter {
    std::string platform{};
    std::string listing{};
    std::string notice{};
    std::optional<MatchState> state;
    std::optional<model::Decision> decision;
};

class Matches {
  public:
    explicit Matches(Session& session) : session_(session) {}

    // Returns the match's id.
    long long save(const model::Match& match, std::string_view platform,
                   std::string_view evidence_json, Instant now);

    std::optional<StoredMatch> get(long long id);
    // Oldest first.
    Result<Page<StoredMatch>> list(const MatchFilter& filter, std::string_view cursor,
                                   std::size_t rows);

    // not_found; conflict when the state is no longer `expected`.
    Result<void> decide(long long id, MatchState expected, const Verdict& verdict, Instant now);
    std::vector<Verdict> verdicts(long long id);

  private:
    Session& session_;
};

}  // namespace recall::store
