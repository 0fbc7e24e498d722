#pragma once
// Records that could not become notices, with their issues and raw bytes, until a mended mapping
// takes them. Writes need a WriteTransaction. Keys and issue texts come from the outside and may
// hold anything: what text cannot hold is shown as U+FFFD, the raw bytes stay exact.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/base/issue.h"
#include "gateway/base/result.h"
#include "gateway/store/page.h"
#include "gateway/store/session.h"

namespace recall::store {

// replayed: a later mapping made a notice of it. dismissed: a person decided that it is none.
enum class QuarantineState { open, replayed, dismissed };
std::string_view spelling(QuarantineState state);

struct QuarantinedRecord {
    std::string source{};
    std::string key{};  // the record's key, or its place in the payload when it has none
    std::vector<Issue> issues{};
    std::string raw_sha256{};  // the payload it came in, in the raw archive
    std::string locator{};     // where in that payload
    std::string bytes{};       // the record itself, exactly; may be empty when a locator is enough

    // Set by the store.
    long long id = 0;
    QuarantineState state = QuarantineState::open;
    std::string first_seen_at{};
    std::string last_seen_at{};
    long long times_seen = 0;
    std::string resolved_by{};
    std::string resolution{};
};

class Quarantine {
  public:
    explicit Quarantine(Session& session) : session_(session) {}

    // One row a record: seen again, its issues and bytes are the latest, and it is open again.
    long long add(const QuarantinedRecord& record, Instant now);

    std::optional<QuarantinedRecord> get(long long id);

    // Without `bytes`, oldest first. Empty source and no state do not filter.
    Result<Page<QuarantinedRecord>> list(std::string_view source,
                                         std::optional<QuarantineState> state,
                                         std::string_view cursor, std::size_t rows);

    // Closes one open row; not_found, or conflict when it is not open.
    Result<void> resolve(long long id, QuarantineState state, std::string_view by,
                         std::string_view why, Instant now);

    // Closes the record's row, if there is an open one, because it mapped well this time.
    bool mark_replayed(std::string_view source, std::string_view key, Instant now);

    long long open_count(std::string_view source);

  private:
    std::vector<Issue> issues(long long id);

    Session& session_;
};

}  // namespace recall::store
