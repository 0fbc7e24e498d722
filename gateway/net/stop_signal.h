#pragma once
// One "stop" for any number of threads that wait, in poll() or for a moment to come. Raised once,
// stays raised. Any thread.

#include <atomic>
#include <chrono>

namespace recall::net {

using SteadyClock = std::chrono::steady_clock;

class StopSignal {
  public:
    StopSignal();
    ~StopSignal();
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

    void raise();
    bool is_raised() const { return is_raised_.load(); }

    // True when the signal came before that moment.
    bool wait_until(SteadyClock::time_point moment) const;

    // Becomes readable when the signal is raised.
    int descriptor() const { return descriptor_; }

  private:
    int descriptor_;
    std::atomic<bool> is_raised_{false};
};

// The milliseconds for poll() until that moment: rounded up, so that it has come when poll ends.
int poll_milliseconds(SteadyClock::time_point until);

}  // namespace recall::net
