#pragma once
// Time: every "now" in the gateway comes from a Clock, so that tests can hold it. Instants are UTC
// with millisecond precision and travel as RFC 3339 text ending in Z.

#include <chrono>
#include <string>
#include <string_view>

#include "gateway/base/result.h"

namespace recall {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

class Clock {
  public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
  public:
    Instant now() const override;
};

// "2026-10-04T09:30:00Z", or with ".123" when the instant is not on a whole second.
std::string to_text(Instant instant);

// Strict RFC 3339 with seconds; an offset is converted to UTC. Fails with bad_date.
Result<Instant> parse_instant(std::string_view text);

}  // namespace recall
