#pragma once
// A server with a few routes, and a client that sends raw bytes: what HTTP libraries would never.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <boost/test/unit_test.hpp>

#include "gateway/base/failure.h"
#include "gateway/http/server.h"

namespace recall::test {

class RawClient {
  public:
    explicit RawClient(unsigned short port) : handle_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        BOOST_REQUIRE(::connect(handle_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0);
        const timeval patience{10, 0};
        ::setsockopt(handle_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }
    ~RawClient() { ::close(handle_); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    bool send(std::string_view bytes) const {
        return ::send(handle_, bytes.data(), bytes.size(), MSG_NOSIGNAL) == ssize_t(bytes.size());
    }
    void end() const { ::shutdown(handle_, SHUT_WR); }
    // Everything until the server closes.
    std::string all() const {
        std::string out;
        char part[4096];
        for (ssize_t got = 0; (got = ::recv(handle_, part, sizeof part, 0)) > 0;) {
            out.append(part, std::size_t(got));
        }
        return out;
    }
    // Until the text has come.
    std::string until(std::string_view text) const {
        std::string out;
        char part = 0;
        while (out.find(text) == std::string::npos && ::recv(handle_, &part, 1, 0) == 1)
            out += part;
        return out;
    }

  private:
    int handle_;
};

struct ServerFixture {
    http::Router router;
    http::Metrics metrics;
    http::Guard guard{router,
                      [](std::string_view key) -> std::optional<http::Caller> {
                          if (key == "good") return http::Caller{"tester", "admin"};
                          return std::nullopt;
                      },
                      metrics};
    std::atomic<int> echoed = 0;

    ServerFixture() {
        router.add({"POST", "/echo", http::Access::open, [this](const http::Call& call) {
                        ++echoed;
                        http::Reply reply;
                        reply.body = "[" + call.request.body + "]";
                        return Result<http::Reply>(reply);
                    }});
        router.add({"POST", "/kept", http::Access::key,
                    [](const http::Call&) { return Result<http::Reply>(http::Reply{}); }});
        router.add({"GET", "/things/{id}", http::Access::open, [](const http::Call& call) {
                        http::Reply reply;
                        reply.body =
                            call.part("id") + "|" + std::string(call.request.parameter("q"));
                        reply.headers.emplace_back("X-Made", call.part("id"));
                        return Result<http::Reply>(reply);
                    }});
        router.add({"GET", "/secret", http::Access::key, [](const http::Call& call) {
                        http::Reply reply;
                        reply.body = call.caller + "/" + call.role;
                        return Result<http::Reply>(reply);
                    }});
        router.add({"GET", "/partner", http::Access::partner,
                    [](const http::Call&) { return Result<http::Reply>(http::Reply{}); }});
        router.add(
            {"GET", "/fails", http::Access::open, [](const http::Call&) -> Result<http::Reply> {
                 throw Failure(ErrorCode::database, "the host db7 is away");
             }});
        router.add(
            {"GET", "/throws", http::Access::open, [](const http::Call&) -> Result<http::Reply> {
                 throw std::out_of_range("secret-value");
             }});
    }

    http::ServerOptions options() const {
        http::ServerOptions out;
        out.threads = 8;
        out.limits.body_bytes_max = 1000;
        out.room.keep_alive = std::chrono::milliseconds(200);
        out.stop_timeout = std::chrono::milliseconds(2000);
        return out;
    }
};

inline std::string talk(const http::Server& server, const std::string& bytes) {
    const RawClient client(server.port());
    client.send(bytes);
    client.end();
    return client.all();
}

}  // namespace recall::test
