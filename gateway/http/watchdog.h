#pragma once
// Ends connections that take too long: POCO's timeouts are per read, so a drip of bytes would hold
// a thread for ever. A connection registers itself and arms a deadline for each body and each
// reply. A watch ends before its connection closes the handle, so that no other's handle is ever
// touched. Any thread; it has one of its own.

#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>

namespace recall::http {

class Watchdog {
  public:
    using Time = std::chrono::steady_clock::time_point;

    Watchdog();
    ~Watchdog();
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

    // One connection under watch, from construction to destruction.
    class Watch {
      public:
        Watch(Watchdog& watchdog, int handle);
        ~Watch();
        Watch(const Watch&) = delete;
        Watch& operator=(const Watch&) = delete;
        void arm(std::chrono::milliseconds time);
        void disarm();

      private:
        friend class Watchdog;
        Watchdog& watchdog_;
        int handle_;
        Time deadline_ = Time::max();
        std::list<Watch*>::iterator place_;
    };

    // Waits until no connection is left, at most so long; false when some are.
    bool wait_until_none(std::chrono::milliseconds time);
    // Cuts whatever is left.
    void cut_all();
    std::size_t count();

  private:
    void run(const std::stop_token& stop);

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::list<Watch*> watches_;
    Time wakes_at_ = Time::max();  // when the watchdog looks next
    std::jthread thread_;
};

}  // namespace recall::http
