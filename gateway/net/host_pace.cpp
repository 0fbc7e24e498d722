#include "gateway/net/host_pace.h"

#include <algorithm>

namespace recall::net {

std::optional<SteadyClock::time_point> HostPace::take_turn(const std::string& host,
                                                           std::chrono::milliseconds interval,
                                                           std::chrono::milliseconds patience) {
    const std::lock_guard lock(mutex_);
    const auto now = SteadyClock::now();
    if (next_.size() >= paced_hosts_max) {
        std::erase_if(next_, [now](const auto& entry) { return entry.second < now; });
    }
    auto& next = next_[host];
    const auto turn = std::max(now, next);
    if (turn - now > patience) return std::nullopt;
    next = turn + interval;
    return turn;
}

void HostPace::defer(const std::string& host, SteadyClock::time_point until) {
    const std::lock_guard lock(mutex_);
    auto& next = next_[host];
    next = std::max(next, until);
}

}  // namespace recall::net
