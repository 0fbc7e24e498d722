#include "gateway/http/watchdog.h"

#include <sys/socket.h>

#include <algorithm>

namespace recall::http {

Watchdog::Watchdog() : thread_([this](const std::stop_token& stop) { run(stop); }) {}

Watchdog::~Watchdog() = default;

Watchdog::Watch::Watch(Watchdog& watchdog, int handle) : watchdog_(watchdog), handle_(handle) {
    const std::lock_guard lock(watchdog_.mutex_);
    place_ = watchdog_.watches_.insert(watchdog_.watches_.end(), this);
}

Watchdog::Watch::~Watch() {
    const std::lock_guard lock(watchdog_.mutex_);
    watchdog_.watches_.erase(place_);
    watchdog_.changed_.notify_all();
}

void Watchdog::Watch::arm(std::chrono::milliseconds time) {
    const std::lock_guard lock(watchdog_.mutex_);
    deadline_ = std::chrono::steady_clock::now() + time;
    // Mostly a later deadline than one that is waited for: then nobody need wake up.
    if (deadline_ >= watchdog_.wakes_at_) return;
    watchdog_.wakes_at_ = deadline_;
    watchdog_.changed_.notify_all();
}

void Watchdog::Watch::disarm() {
    const std::lock_guard lock(watchdog_.mutex_);
    deadline_ = Time::max();
}

void Watchdog::run(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        const Time now = std::chrono::steady_clock::now();
        Time next = now + std::chrono::hours(1);
        for (Watch* watch : watches_) {
            if (watch->deadline_ <= now) {
                ::shutdown(watch->handle_, SHUT_RDWR);
                watch->deadline_ = Time::max();
            }
            next = std::min(next, watch->deadline_);
        }
        wakes_at_ = next;
        changed_.wait_until(lock, stop, next, [&] { return wakes_at_ < next; });
    }
}

bool Watchdog::wait_until_none(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, time, [this] { return watches_.empty(); });
}

void Watchdog::cut_all() {
    const std::lock_guard lock(mutex_);
    for (Watch* watch : watches_)
        ::shutdown(watch->handle_, SHUT_RDWR);
}

std::size_t Watchdog::count() {
    const std::lock_guard lock(mutex_);
    return watches_.size();
}

}  // namespace recall::http
