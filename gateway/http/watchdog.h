#pragma once
// Ends connections that take too long: POCO's timeouts are per read, so a drip of bytes would hold
// a thread for ever. A connection registers itself and arms a deadline for each request and each
// reply. The watchdog works on duplicates of the sockets' handles, so that it never touches a
// handle that a connection has closed. Any thread; it has one of its own.

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
        Watch(Watchdog& watchdog, int socket);
        ~Watch();
        Watch(const Watch&) = delete;
        Watch& operator=(const Watch&) = delete;
        void arm(std::chrono::milliseconds time);
        void disarm();
        // Between two requests: a stop may end the connection here without losing anything.
        void idle();

      private:
        friend class Watchdog;
        Watchdog& watchdog_;
        int handle_;
        Time deadline_ = Time::max();
        bool idle_ = true;
        std::list<Watch*>::iterator place_;
    };

    // No more requests: connections read what has arrived and then see the end.
    void end_reading();
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
