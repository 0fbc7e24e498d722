#include "gateway/net/robots_cache.h"

#include <utility>

namespace recall::net {

std::shared_ptr<const Robots> RobotsCache::find(const std::string& site, Instant now) const {
    const std::lock_guard lock(mutex_);
    const auto found = kept_.find(site);
    return found == kept_.end() || found->second.until <= now ? nullptr : found->second.robots;
}

void RobotsCache::keep(const std::string& site, std::shared_ptr<const Robots> robots, Instant now) {
    const std::lock_guard lock(mutex_);
    if (kept_.size() >= robots_kept_max) kept_.clear();
    kept_.insert_or_assign(site, Kept{std::move(robots), now + robots_kept_for});
}

}  // namespace recall::net
