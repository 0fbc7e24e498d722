#pragma once
// What a message must satisfy once its signature and schema are good (docs/protocol.md §4), before
// anything is done with it. Pure; any thread.

#include <chrono>
#include <string>
#include <string_view>

#include "gateway/base/clock.h"
#include "gateway/base/result.h"
#include "gateway/model/message.h"
#include "gateway/model/partner.h"

namespace recall::exchange {

// How far clocks may be apart, and how old a message may be that names no end.
inline constexpr std::chrono::minutes clock_difference_max{5};
inline constexpr std::chrono::hours message_age_max{24 * 30};

// sender, recipient and kind. SENDER-MISMATCH, RECIPIENT-MISMATCH, KIND-NOT-ALLOWED.
Result<void> check_parties(const model::Message& message, const model::Partner& partner,
                           std::string_view own_party);
// TIME-WINDOW.
Result<void> check_time(const model::Message& message, Instant now);
// RULE-1 when there is no sequence number, RULE-2 when subject and payload differ.
Result<void> check_content(const model::Message& message);

}  // namespace recall::exchange
