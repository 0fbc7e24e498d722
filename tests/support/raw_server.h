#pragma once
// A server on a free loopback port that says exactly what a test wants, byte for byte, in the clear
// or through TLS. Its connections are served one after the other on a thread of its own, each by
// the script, which may not call Boost's checks. Never waits for a client that has gone.

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "gateway/net/stop_signal.h"
#include "tests/support/pki.h"

namespace recall::test {

class RawServer;

// The client's end of a connection, as a script sees it.
class RawPeer {
  public:
    RawPeer(int socket, RawServer& server);
    ~RawPeer();  // ends the connection in order
    RawPeer(const RawPeer&) = delete;
    RawPeer& operator=(const RawPeer&) = delete;

    // A head and the body that its Content-Length states; shorter when the client went. The server
    // keeps it, unless it is empty.
    std::string read_request();
    void send(std::string_view bytes);
    // Byte by byte, with that pause after each, until they are out or the client goes.
    void drip(std::string_view bytes, std::chrono::milliseconds pause);
    // Says nothing until the client goes.
    void hold();
    // TLS from now on; false when the client breaks the handshake off.
    bool secure(const Identity& identity);
    // The name that a TLS client asked for.
    std::string server_name() const;
    // Ends the connection as a broken line does: no close_notify.
    void cut();

  private:
    struct Tls;
    int receive(char* into, int size);
    int send_some(std::string_view bytes);
    bool wait(short events, std::chrono::milliseconds at_most);

    int socket_;
    RawServer& server_;
    std::unique_ptr<Tls> tls_;
};

class RawServer {
  public:
    using Script = std::function<void(RawPeer&)>;

    explicit RawServer(Script script);
    // The n-th connection gets the n-th of these replies, those after the last get the last. With
    // an identity, through TLS.
    explicit RawServer(std::vector<std::string> replies, const Identity* identity = nullptr);
    ~RawServer();
    RawServer(const RawServer&) = delete;
    RawServer& operator=(const RawServer&) = delete;

    unsigned port() const { return port_; }
    // "http://127.0.0.1:PORT" and the path.
    std::string url(std::string_view path, std::string_view scheme = "http") const;

    // What read_request returned so far, in order of the connections.
    std::vector<std::string> requests() const;

  private:
    friend class RawPeer;

    void listen();
    void serve(const Script& script);
    void keep(const std::string& request);

    net::StopSignal stop_;
    int socket_ = -1;
    unsigned port_ = 0;
    mutable std::mutex mutex_;
    std::vector<std::string> requests_;  // guarded by mutex_
    std::jthread thread_;
};

}  // namespace recall::test
