#pragma once
// What robots.txt said, per host, for a day (RFC 9309 §2.4). Any thread.

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "gateway/base/clock.h"
#include "gateway/net/robots.h"

namespace recall::net {

inline constexpr std::chrono::hours robots_kept_for{24};
inline constexpr std::size_t robots_kept_max = 1024;  // more: all are read again

class RobotsCache {
  public:
    // Null when they were never read, or longer ago than a day.
    std::shared_ptr<const Robots> find(const std::string& site, Instant now) const;
    void keep(const std::string& site, std::shared_ptr<const Robots> robots, Instant now);

  private:
    struct Kept {
        std::shared_ptr<const Robots> robots;
        Instant until;
    };
    mutable std::mutex mutex_;
    std::map<std::string, Kept> kept_;  // guarded by mutex_
};

}  // namespace recall::net
