#pragma once
// Takedown cases: one for a confirmed match, from the order to the platform's answer. Writes need a
// WriteTransaction. One session, one thread.

#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/clock.h"
#include "gateway/base/result.h"
#include "gateway/store/page.h"
#include "gateway/store/session.h"

namespace recall::store {

// opened: no partner serves the platform yet. ordered: the order is on its way or there.
enum class CaseState { opened, ordered, closed };
std::string_view spelling(CaseState state);

struct TakedownCase {
    std::string id;  // UUID version 7; the order's and the conversation's id
    long long match_id = 0;
    std::string platform;
    std::string listing;
    std::string notice;
    CaseState state = CaseState::opened;
    std::string partner;
    std::string order_message;
    std::string deadline;
    std::string outcome;  // of the report
    std::string note;
    long long report_position = 0;  // of the report in the inbox
    std::string opened_by;
    std::string opened_at;
    std::string closed_at;
};

class Cases {
  public:
    explicit Cases(Session& session) : session_(session) {}

    void open(const TakedownCase& opened);
    std::optional<TakedownCase> get(std::string_view id);
    std::optional<TakedownCase> of_match(long long match_id);
    // Both fail with conflict when the state is no longer the one before.
    Result<void> set_order(std::string_view id, std::string_view partner,
                           std::string_view order_message);
    Result<void> close(const TakedownCase& closed, Instant now);
    // Oldest first; no state does not filter.
    Result<Page<TakedownCase>> list(std::optional<CaseState> state, std::string_view cursor,
                                    std::size_t rows);

  private:
    Session& session_;
};

}  // namespace recall::store
