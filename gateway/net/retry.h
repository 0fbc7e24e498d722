#pragma once
// When to ask again: exponential back-off with full jitter, and what a Retry-After header says.
// Pure; any thread.

#include <chrono>
#include <optional>
#include <string_view>

#include "gateway/base/clock.h"

namespace recall::net {

struct Backoff {
    std::chrono::milliseconds first{1000};  // doubles with every attempt
    std::chrono::milliseconds most{60'000};
};

// The wait after the n-th failed attempt (from 1). `share` is a random number from 0 up to 1:
// full jitter takes any part of the wait, so that many clients do not come back at once.
std::chrono::milliseconds backoff_wait(const Backoff& backoff, int attempt, double share);

// RFC 9110 §10.2.3: seconds, or an HTTP-date in its preferred form ("Sun, 06 Nov 1994 08:49:37
// GMT"). Never negative; nothing when it is neither.
std::optional<std::chrono::seconds> retry_after(std::string_view value, Instant now);

}  // namespace recall::net
