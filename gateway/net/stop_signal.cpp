#include "gateway/net/stop_signal.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <limits>

#include "gateway/base/check.h"
#include "gateway/base/failure.h"

namespace recall::net {

StopSignal::StopSignal() : descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (descriptor_ < 0) throw Failure(ErrorCode::io, "no file descriptor is left");
}

StopSignal::~StopSignal() { close(descriptor_); }

void StopSignal::raise() {
    is_raised_ = true;
    const std::uint64_t one = 1;
    const auto written = write(descriptor_, &one, sizeof one);
    RECALL_CHECK(written == sizeof one, "an eventfd takes more ones than there are stops");
}

bool StopSignal::wait_until(SteadyClock::time_point moment) const {
    while (!is_raised() && SteadyClock::now() < moment) {
        pollfd waited{descriptor_, POLLIN, 0};
        poll(&waited, 1, poll_milliseconds(moment));
    }
    return is_raised();
}

int poll_milliseconds(SteadyClock::time_point until) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - SteadyClock::now());
    return static_cast<int>(
        std::clamp<long long>(left.count(), 0, std::numeric_limits<int>::max()));
}

}  // namespace recall::net
