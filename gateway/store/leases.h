#pragma once
// Named leases, so that of several gateways on one database only one does a piece of work. The
// holder renews before the deadline; past it, anybody may take over. The clocks of the machines
// must agree to well within the lease's length. One session, one thread.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/clock.h"
#include "gateway/store/session.h"

namespace recall::store {

class Leases {
  public:
    explicit Leases(Session& session) : session_(session) {}

    // Takes or renews the lease; false while somebody else holds it.
    bool acquire(std::string_view name, std::string_view owner, Instant now,
                 std::chrono::milliseconds length);
    // Ends it early; false when the owner does not hold it.
    bool release(std::string_view name, std::string_view owner);
    std::optional<std::string> holder(std::string_view name, Instant now);

  private:
    Session& session_;
};

}  // namespace recall::store
