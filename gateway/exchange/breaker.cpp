#include "gateway/exchange/breaker.h"

#include "gateway/store/column_text.h"

namespace recall::exchange {
namespace {

// At least half of the back-off passes, so that an unlucky draw does not hammer a line.
std::chrono::milliseconds wait_after(const RetryPolicy& policy, long long attempt, double share) {
    return net::backoff_wait(policy.backoff, static_cast<int>(attempt), (1 + share) / 2);
}

}  // namespace

store::OutboxLine after_failure(const store::OutboxLine& line, const RetryPolicy& policy,
                                ErrorCode code, double share, Instant now) {
    store::OutboxLine after = line;
    ++after.failures;
    after.last_code = spelling(code);
    if (after.failures >= policy.failures_to_open) {
        const long long beyond = after.failures - policy.failures_to_open + 1;
        after.open_until = store::instant_text(now + wait_after(policy, beyond, share));
    }
    return after;
}

store::OutboxLine after_success(Instant now) { return {0, "", "", store::instant_text(now)}; }

store::OutboxOutcome after_attempt(long long attempts, const RetryPolicy& policy,
                                   const Error& error, double share, Instant now) {
    store::OutboxOutcome outcome;
    outcome.state = attempts + 1 >= policy.attempts_max ? store::OutboxState::dead
                                                        : store::OutboxState::pending;
    outcome.code = spelling(error.code);
    outcome.reason = error.text;
    outcome.next_attempt = now + wait_after(policy, attempts + 1, share);
    return outcome;
}

}  // namespace recall::exchange
