#pragma once
// Where connections are while no thread works on them: those that said nothing yet, those of which
// a part of a request has come, those kept for a next request. A caller that is slow or silent
// holds a handle, never a thread. The room accepts connections and keeps their limits: where one is
// reached, the longest silent connection makes room for the new one. One thread of its own; the
// functions are for any thread. open() throws Failure(io).

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>

namespace recall::http {

struct RoomLimits {
    std::size_t connections_max = 512;
    std::size_t connections_per_address_max = 256;
    // For the first request from the connection, for a further one from its first byte.
    std::chrono::milliseconds head_timeout{10000};
    std::chrono::milliseconds keep_alive{5000};
};

// What a connection waits for.
enum class Stay {
    farewell,      // the caller may still be sending; what it sends is thrown away
    head,          // the rest of a request
    next_request,  // a request after one that was answered
};

class WaitingRoom;

// A connection, in the room or at work. Whoever ends it destroys it.
class Guest {
  public:
    explicit Guest(int handle) : handle_(handle) {}
    virtual ~Guest();
    Guest(const Guest&) = delete;
    Guest& operator=(const Guest&) = delete;

  private:
    friend class WaitingRoom;
    using Time = std::chrono::steady_clock::time_point;

    int handle_;
    WaitingRoom* room_ = nullptr;
    unsigned long long id_ = 0;
    std::string address_;
    Stay stay_ = Stay::head;
    Time since_{};
    Time deadline_{};
    bool begun_ = true;  // part of a request: deadline_ stands until it is answered
    std::size_t discarded_ = 0;
};

class WaitingRoom {
  public:
    struct Visitors {
        // A guest for an accepted handle, which it owns from then on.
        std::function<std::unique_ptr<Guest>(int handle)> make;
        // Something has come for it. Called by the room's thread.
        std::function<void(std::unique_ptr<Guest>)> ready;
        // A connection was ended for a limit: "displaced", "full" or "late".
        std::function<void(std::string_view why)> ended;
    };

    WaitingRoom(RoomLimits limits, Visitors visitors);
    ~WaitingRoom();
    WaitingRoom(const WaitingRoom&) = delete;
    WaitingRoom& operator=(const WaitingRoom&) = delete;

    // Accepts from this socket, which stays the caller's and must not block.
    void open(int listening_handle);
    // Back from work, until something comes or its time is over; ends it when the room is closed.
    void wait(std::unique_ptr<Guest> guest, Stay stay);
    // Ends everybody who waits, and accepts nobody any more.
    void close();

  private:
    friend class Guest;
    using Time = Guest::Time;
    using Guests = std::unordered_map<unsigned long long, std::unique_ptr<Guest>>;

    void run(const std::stop_token& stop);
    int milliseconds_to_wait();
    void accept_all();
    bool admit(int handle, std::string address);
    std::unique_ptr<Guest> take_longest(const std::string* of_address);
    std::unique_ptr<Guest> take(Guests::iterator place);
    void attend(unsigned long long id);
    void end_overdue();
    void leave(const Guest& guest);
    std::unique_ptr<Guest> put(std::unique_ptr<Guest> guest, int epoll_operation);
    void wake() const;
    void watch_listener(bool on) const;

    RoomLimits limits_;
    Visitors visitors_;
    int epoll_ = -1;
    int wake_ = -1;
    int listener_ = -1;
    std::mutex mutex_;
    Guests waiting_;
    std::set<std::pair<Time, unsigned long long>> deadlines_;
    std::map<std::string, std::size_t> addresses_;  // of all guests, those at work too
    std::size_t guests_ = 0;
    unsigned long long next_id_ = 2;
    Time wakes_at_{};  // when the thread looks next by itself
    Time accepts_at_{};
    bool closed_ = false;
    std::jthread thread_;
};

}  // namespace recall::http
