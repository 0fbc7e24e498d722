#pragma once
// From a confirmed match to a takedown: the decision, the case and the signed order to the partner
// that serves the platform are one transaction; the platform's signed report closes the case. On a
// platform's own gateway, answer_order sends that report. Any thread; a session of its own each.

#include <chrono>
#include <string>
#include <string_view>

#include "gateway/exchange/identity.h"
#include "gateway/exchange/receiver.h"
#include "gateway/store/cases.h"
#include "gateway/store/database.h"

namespace recall::cases {

inline constexpr std::chrono::hours answer_time_default{72};

struct Confirmation {
    long long match = 0;
    std::string by;
    std::string reason;
    std::string legal_basis;
    std::chrono::hours answer_time = answer_time_default;
};

// Without an identity, or a partner for the platform, the case stays opened; send_order takes it up
// later. Fails with not_found or conflict (somebody else decided).
Result<store::TakedownCase> confirm_match(store::Database& database,
                                          const exchange::Identity* identity,
                                          const Confirmation& confirmation, Instant now);

Result<void> reject_match(store::Database& database, long long match, std::string_view by,
                          std::string_view reason, Instant now);

// Both in the caller's transaction, which must not be committed after a failure.
Result<store::TakedownCase> confirm_match(store::Session& session,
                                          const exchange::Identity* identity,
                                          const Confirmation& confirmation, Instant now);
Result<void> reject_match(store::Session& session, long long match, std::string_view by,
                          std::string_view reason, Instant now);

// The order of a case that has none. Fails with not_found or conflict, the latter also when no
// partner serves the platform.
Result<store::TakedownCase> send_order(store::Database& database,
                                       const exchange::Identity& identity, std::string_view id,
                                       Instant now);

// Answers an order in our inbox; returns the message id. Fails with not_found when there is no such
// order, conflict when it is answered, bad_value for an outcome that is none.
Result<std::string> answer_order(store::Database& database, const exchange::Identity& identity,
                                 const model::TakedownReport& report, Instant now);

// What messages do here: a takedown_report closes its case. For exchange::Service.
exchange::Effects effects();

}  // namespace recall::cases
