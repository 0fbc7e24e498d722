#include "gateway/http/waiting_room.h"

#include <netinet/in.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <vector>

#include "gateway/base/check.h"
#include "gateway/base/failure.h"

namespace recall::http {
namespace {

using Clock = std::chrono::steady_clock;

constexpr unsigned long long id_of_listener = 0;
constexpr unsigned long long id_of_wake = 1;
constexpr std::size_t events_at_once = 64;
constexpr std::size_t accepts_at_once = 64;  // then others have their turn
constexpr std::chrono::milliseconds longest_wait{60000};
constexpr std::chrono::milliseconds accept_pause{100};  // when no handle is left
constexpr std::chrono::milliseconds farewell_time{1000};
constexpr std::size_t farewell_bytes_max = 1U << 20U;

bool watch(int epoll, int operation, int handle, unsigned long long id, unsigned events) {
    epoll_event event{};
    event.events = events;
    event.data.u64 = id;
    return ::epoll_ctl(epoll, operation, handle, &event) == 0;
}

constexpr unsigned guest_events = EPOLLIN | EPOLLRDHUP | EPOLLONESHOT;

// What counts as one caller: an IPv4 address, or the /64 of an IPv6 one, which one host may have
// all to itself.
std::string caller_of(const sockaddr_storage& from) {
    const auto bytes = [](const void* at, std::size_t count) {
        return std::string(static_cast<const char*>(at), count);
    };
    if (from.ss_family == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(from);
        return bytes(&v4.sin_addr, sizeof v4.sin_addr);
    }
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(from);
    if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr)) return bytes(&v6.sin6_addr.s6_addr[12], 4);
    return bytes(&v6.sin6_addr, 8);
}

}  // namespace

Guest::~Guest() {
    if (room_ != nullptr) room_->leave(*this);
}

WaitingRoom::WaitingRoom(RoomLimits limits, Visitors visitors)
    : limits_(limits),
      visitors_(std::move(visitors)),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      wake_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    if (epoll_ < 0 || wake_ < 0 || !watch(epoll_, EPOLL_CTL_ADD, wake_, id_of_wake, EPOLLIN)) {
        throw Failure(ErrorCode::io, "no file handle is left");
    }
}

WaitingRoom::~WaitingRoom() {
    close();
    ::close(wake_);
    ::close(epoll_);
}

void WaitingRoom::open(int listening_handle) {
    listener_ = listening_handle;
    if (!watch(epoll_, EPOLL_CTL_ADD, listener_, id_of_listener, EPOLLIN)) {
        throw Failure(ErrorCode::io, "the listening socket cannot be watched");
    }
    thread_ = std::jthread([this](const std::stop_token& stop) {
        ::pthread_setname_np(::pthread_self(), "http-room");
        run(stop);
    });
}

void WaitingRoom::close() {
    Guests ended;
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        ended.swap(waiting_);
        deadlines_.clear();
    }
    thread_.request_stop();
    wake();
    if (thread_.joinable()) thread_.join();
}

void WaitingRoom::wake() const {
    const std::uint64_t one = 1;
    // A full counter wakes as well as one more would.
    [[maybe_unused]] const auto written = ::write(wake_, &one, sizeof one);
}

void WaitingRoom::watch_listener(bool on) const {
    const bool watched = watch(epoll_, EPOLL_CTL_MOD, listener_, id_of_listener, on ? EPOLLIN : 0U);
    RECALL_CHECK(watched, "what epoll watches can be changed without memory");
}

void WaitingRoom::run(const std::stop_token& stop) {
    std::array<epoll_event, events_at_once> events{};
    while (!stop.stop_requested()) {
        const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()),
                                       milliseconds_to_wait());
        for (int i = 0; i < count; ++i) {
            const unsigned long long id = events[static_cast<std::size_t>(i)].data.u64;
            if (id == id_of_listener) {
                accept_all();
            } else if (id == id_of_wake) {
                std::uint64_t woken = 0;
                [[maybe_unused]] const auto read = ::read(wake_, &woken, sizeof woken);
            } else {
                attend(id);
            }
        }
        end_overdue();
    }
}

int WaitingRoom::milliseconds_to_wait() {
    const std::lock_guard lock(mutex_);
    const Time now = Clock::now();
    wakes_at_ = now + longest_wait;
    if (!deadlines_.empty()) wakes_at_ = std::min(wakes_at_, deadlines_.begin()->first);
    if (accepts_at_ != Time{}) wakes_at_ = std::min(wakes_at_, accepts_at_);
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(wakes_at_ - now);
    return std::max(0, static_cast<int>(left.count()));
}

void WaitingRoom::accept_all() {
    for (std::size_t accepted = 0; accepted < accepts_at_once; ++accepted) {
        sockaddr_storage from{};
        socklen_t length = sizeof from;
        const int handle = ::accept4(listener_, reinterpret_cast<sockaddr*>(&from), &length,
                                     SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (handle >= 0) {
            if (!admit(handle, caller_of(from))) visitors_.ended("full");
            continue;
        }
        if (errno == ECONNABORTED || errno == EINTR) continue;
        if (errno == EAGAIN || errno == EWOULDBLOCK) return;
        // No handle or memory is left: whoever has waited longest makes room.
        std::unique_ptr<Guest> longest;
        {
            const std::lock_guard lock(mutex_);
            longest = take_longest(nullptr);
            if (!longest) accepts_at_ = Clock::now() + accept_pause;
        }
        if (!longest) return watch_listener(false);
        visitors_.ended("displaced");
    }
}

bool WaitingRoom::admit(int handle, std::string address) {
    std::unique_ptr<Guest> guest = visitors_.make(handle);
    std::unique_ptr<Guest> displaced;
    const std::lock_guard lock(mutex_);
    if (closed_) return true;
    const auto of_address = addresses_.find(address);
    const bool address_full =
        of_address != addresses_.end() && of_address->second >= limits_.connections_per_address_max;
    if (address_full || guests_ >= limits_.connections_max) {
        displaced = take_longest(address_full ? &address : nullptr);
        if (!displaced) return false;
        visitors_.ended("displaced");
    }
    guest->room_ = this;
    guest->id_ = next_id_++;
    guest->address_ = std::move(address);
    guest->since_ = Clock::now();
    guest->deadline_ = guest->since_ + limits_.head_timeout;
    ++addresses_[guest->address_];
    ++guests_;
    guest = put(std::move(guest), EPOLL_CTL_ADD);
    return guest == nullptr;
}

// With the mutex held.
std::unique_ptr<Guest> WaitingRoom::take_longest(const std::string* of_address) {
    auto longest = waiting_.end();
    for (auto here = waiting_.begin(); here != waiting_.end(); ++here) {
        const Guest& guest = *here->second;
        if (of_address != nullptr && guest.address_ != *of_address) continue;
        if (longest == waiting_.end() ||
            std::pair(guest.stay_, guest.since_) <
                std::pair(longest->second->stay_, longest->second->since_)) {
            longest = here;
        }
    }
    return longest == waiting_.end() ? nullptr : take(longest);
}

// With the mutex held.
std::unique_ptr<Guest> WaitingRoom::take(Guests::iterator place) {
    std::unique_ptr<Guest> guest = std::move(place->second);
    deadlines_.erase({guest->deadline_, guest->id_});
    waiting_.erase(place);
    return guest;
}

// With the mutex held. Gives the guest back when it cannot be watched: it must not end under the
// mutex.
std::unique_ptr<Guest> WaitingRoom::put(std::unique_ptr<Guest> guest, int epoll_operation) {
    Guest& here = *guest;
    if (!watch(epoll_, epoll_operation, here.handle_, here.id_, guest_events)) return guest;
    deadlines_.emplace(here.deadline_, here.id_);
    waiting_.emplace(here.id_, std::move(guest));
    if (here.deadline_ < wakes_at_) wake();
    return nullptr;
}

void WaitingRoom::wait(std::unique_ptr<Guest> guest, Stay stay) {
    const std::lock_guard lock(mutex_);
    if (closed_) return;  // the guest ends with this function, after the lock
    const Time now = Clock::now();
    guest->stay_ = stay;
    if (stay == Stay::head) {
        if (!guest->begun_) guest->deadline_ = now + limits_.head_timeout;
        guest->begun_ = true;
    } else {
        guest->since_ = now;
        guest->begun_ = false;
        guest->deadline_ = now + (stay == Stay::farewell ? farewell_time : limits_.keep_alive);
    }
    guest = put(std::move(guest), EPOLL_CTL_MOD);
}

void WaitingRoom::attend(unsigned long long id) {
    std::unique_ptr<Guest> guest;
    {
        const std::lock_guard lock(mutex_);
        const auto place = waiting_.find(id);
        if (place == waiting_.end()) return;
        guest = take(place);
    }
    if (guest->stay_ != Stay::farewell) return visitors_.ready(std::move(guest));
    std::array<char, 16384> thrown_away{};
    const ssize_t got =
        ::recv(guest->handle_, thrown_away.data(), thrown_away.size(), MSG_DONTWAIT);
    const bool is_nothing = got < 0 && (errno == EAGAIN || errno == EINTR);
    if (got <= 0 && !is_nothing) return;
    guest->discarded_ += got > 0 ? static_cast<std::size_t>(got) : 0;
    if (guest->discarded_ >= farewell_bytes_max) return;
    const std::lock_guard lock(mutex_);
    if (!closed_) guest = put(std::move(guest), EPOLL_CTL_MOD);
}

void WaitingRoom::end_overdue() {
    std::vector<std::unique_ptr<Guest>> ended;
    bool accepts_again = false;
    {
        const std::lock_guard lock(mutex_);
        const Time now = Clock::now();
        while (!deadlines_.empty() && deadlines_.begin()->first <= now) {
            ended.push_back(take(waiting_.find(deadlines_.begin()->second)));
        }
        accepts_again = accepts_at_ != Time{} && accepts_at_ <= now;
        if (accepts_again) accepts_at_ = {};
    }
    if (accepts_again) watch_listener(true);
    for (const auto& guest : ended) {
        if (guest->stay_ == Stay::head) visitors_.ended("late");
    }
}

void WaitingRoom::leave(const Guest& guest) {
    const std::lock_guard lock(mutex_);
    --guests_;
    const auto of_address = addresses_.find(guest.address_);
    if (--of_address->second == 0) addresses_.erase(of_address);
}

}  // namespace recall::http
