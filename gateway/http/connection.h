#pragma once
// One connection of the server at work: TLS, requests, replies. One thread at a time; between
// requests it stays in the waiting room. Nothing of a slow caller is waited for here but the body
// of a request whose caller is known, and the taking of a reply. For the .cpp files of this folder
// only.

#include <Poco/Net/Context.h>
#include <Poco/Net/StreamSocket.h>

#include <atomic>
#include <mutex>
#include <optional>

#include "gateway/http/server.h"
#include "gateway/http/watchdog.h"

namespace recall::http {

// What the connections of a server share.
struct ServerParts {
    ServerParts(ServerOptions the_options, const Guard& the_guard)
        : options(std::move(the_options)), guard(the_guard) {}

    const ServerOptions options;
    const Guard& guard;
    Watchdog watchdog;
    std::atomic<bool> stopping = false;

    Poco::Net::Context::Ptr context() {
        const std::lock_guard lock(mutex);
        return tls;
    }
    std::mutex mutex;
    Poco::Net::Context::Ptr tls;  // null: plain HTTP
};

class SocketWire final : public Wire {
  public:
    explicit SocketWire(Poco::Net::StreamSocket& socket) : socket_(socket) {}

    std::size_t read(char* into, std::size_t room) override;
    std::optional<std::size_t> read_here(char* into, std::size_t room) override;
    void write(std::string_view bytes) override;

  private:
    std::optional<std::size_t> receive(char* into, std::size_t room);

    Poco::Net::StreamSocket& socket_;
};

class Connection final : public Guest {
  public:
    Connection(int handle, ServerParts& parts);
    ~Connection() override;

    // Answers what has come. Says what the connection waits for next; nothing: it has ended.
    std::optional<Stay> serve();

  private:
    std::optional<Stay> serve_arrived();
    bool answer(Result<Request>& request);
    Result<void> read_body(Request& request, Access access);
    std::string peer_certificate() const;
    void throw_away_input();

    ServerParts& parts_;
    Poco::Net::StreamSocket plain_;
    Poco::Net::StreamSocket socket_;  // plain_, or TLS over it
    bool is_set_up_ = false;
    SocketWire wire_{socket_};
    RequestReader reader_;
    Watchdog::Watch watch_;  // the last member: it ends before the handle is closed
};

}  // namespace recall::http
