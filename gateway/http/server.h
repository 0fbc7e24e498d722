#pragma once
// The HTTP server: listens, reads whole requests (request_reader.h), gives them to a Guard and
// writes the replies, over TLS or, on loopback only, plain. It has its own threads; a connection
// holds one only from when a request's head is here until it is answered (waiting_room.h).
// start() and reload_certificates() fail with Failure(config) or (tls); stop() lets requests under
// way end, within the deadline, and then cuts.

#include <chrono>
#include <memory>
#include <string>

#include "gateway/crypto/tls.h"
#include "gateway/http/guard.h"
#include "gateway/http/request_reader.h"
#include "gateway/http/waiting_room.h"

namespace recall::http {

struct ServerOptions {
    std::string address = "127.0.0.1";
    unsigned short port = 0;        // 0: a free one
    crypto::TlsServerSettings tls;  // without a certificate file: plain HTTP
    int threads = 32;
    RoomLimits room;
    RequestLimits limits;
    std::chrono::milliseconds request_timeout{30000};  // for the body, after the head
    std::chrono::milliseconds stop_timeout{10000};
};

class Server {
  public:
    Server(ServerOptions options, const Guard& guard);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    void start();
    void stop();
    // New connections use the certificate files as they are now; on failure the old ones stay.
    void reload_certificates();
    unsigned short port() const;
    std::size_t connections() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace recall::http
