#pragma once
// When to try again after an attempt failed, when to leave a line alone, when to give a message up.
// Pure; any thread.

#include "gateway/net/retry.h"
#include "gateway/store/outbox.h"

namespace recall::exchange {

struct RetryPolicy {
    net::Backoff backoff{std::chrono::seconds(5), std::chrono::minutes(15)};
    long long attempts_max = 60;     // then the message is dead
    long long failures_to_open = 3;  // of a line, in a row
};

// The line after a failed attempt. `share` is a random number from 0 up to 1.
store::OutboxLine after_failure(const store::OutboxLine& line, const RetryPolicy& policy,
                                ErrorCode code, double share, Instant now);
store::OutboxLine after_success(Instant now);

// What a message that was tried `attempts` times before becomes when one more fails.
store::OutboxOutcome after_attempt(long long attempts, const RetryPolicy& policy,
                                   const Error& error, double share, Instant now);

}  // namespace recall::exchange
