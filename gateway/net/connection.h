#pragma once
// One TCP connection, in the clear or through TLS, on which no wait outlasts its limits: POCO's own
// time-outs begin anew with every byte that trickles in. The names of a server's certificate and
// its chain are always checked. A connection belongs to one thread, a TlsClient to any number.
// Fails with unreachable, timed_out (a limit, or stopped), tls or truncated.

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/crypto/tls.h"
#include "gateway/net/stop_signal.h"

namespace recall::net {

struct WaitLimits {
    std::chrono::milliseconds one_wait{30'000};  // for the next byte, or to send one
    SteadyClock::time_point deadline;            // of everything
    const StopSignal* stop = nullptr;            // may be none
};

// The addresses of a host, which may be one itself, in the order to be tried. Waits as long as the
// system's resolver does.
Result<std::vector<std::string>> resolve(const std::string& host);

// What TLS connections of one client share. The files are read at the first handshake.
class TlsClient {
  public:
    explicit TlsClient(crypto::TlsClientSettings settings);
    ~TlsClient();
    TlsClient(const TlsClient&) = delete;
    TlsClient& operator=(const TlsClient&) = delete;

  private:
    friend class Connection;
    struct State;
    std::unique_ptr<State> state_;
};

class Connection {
  public:
    // To these very addresses, the first that answers: what a name leads to is judged before.
    static Result<Connection> open_first(const std::vector<std::string>& addresses, unsigned port,
                                         const WaitLimits& limits);
    ~Connection();
    Connection(Connection&&) noexcept;
    Connection& operator=(Connection&&) noexcept;

    // `server_name` is asked for; the certificate must name `checked_name`.
    Result<void> secure(TlsClient& client, const std::string& server_name,
                        const std::string& checked_name);
    // The SHA-256 of the server's certificate.
    Result<std::string> fingerprint() const;

    void set_limits(const WaitLimits& limits);
    Result<void> write(std::string_view bytes);
    // What has come, good until the next read; empty when the server ended the connection in
    // order. With TLS that is a close_notify: less fails with truncated.
    Result<std::string_view> read();
    // What is there now, without waiting; empty when nothing is.
    std::string_view read_ready();

    bool is_secure() const;

  private:
    struct State;
    explicit Connection(std::unique_ptr<State> state);
    static Result<Connection> open(const std::string& address, unsigned port,
                                   const WaitLimits& limits);
    std::unique_ptr<State> state_;
};

// To whatever the name leads to.
Result<Connection> open_named(const std::string& host, unsigned port, const WaitLimits& limits);

}  // namespace recall::net
