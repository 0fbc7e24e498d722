#pragma once
// Whose turn it is: requests to one host keep their distance, whichever thread makes them. Any
// thread.

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "gateway/net/stop_signal.h"

namespace recall::net {

inline constexpr std::size_t paced_hosts_max = 1024;  // more: those whose pause is over go

class HostPace {
  public:
    // The moment of the next request to the host, which is taken with that; nothing when it is
    // further away than `patience`.
    std::optional<SteadyClock::time_point> take_turn(const std::string& host,
                                                     std::chrono::milliseconds interval,
                                                     std::chrono::milliseconds patience);

    // Nobody asks the host again before that.
    void defer(const std::string& host, SteadyClock::time_point until);

  private:
    std::mutex mutex_;
    std::map<std::string, SteadyClock::time_point> next_;  // guarded by mutex_
};

}  // namespace recall::net
