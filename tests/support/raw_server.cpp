#include "tests/support/raw_server.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <stdexcept>

namespace recall::test {
namespace {

constexpr std::chrono::seconds patience{10};  // with a client that neither speaks nor goes

void require(bool holds, const char* what) {
    if (!holds) throw std::runtime_error(std::string("raw server: ") + what);
}

std::size_t stated_length(const std::string& head) {
    constexpr std::string_view name = "\r\nContent-Length: ";
    const std::size_t at = head.find(name);
    std::size_t length = 0;
    if (at != std::string::npos) {
        std::from_chars(head.data() + at + name.size(), head.data() + head.size(), length);
    }
    return length;
}

bool is_whole(const std::string& request) {
    const std::size_t end = request.find("\r\n\r\n");
    return end != std::string::npos &&
           request.size() >= end + 4 + stated_length(request.substr(0, end + 2));
}

}  // namespace

struct RawPeer::Tls {
    struct ContextFree {
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    };
    struct SslFree {
        void operator()(SSL* ssl) const { SSL_free(ssl); }
    };
    std::unique_ptr<SSL_CTX, ContextFree> context{SSL_CTX_new(TLS_server_method())};
    std::unique_ptr<SSL, SslFree> ssl;
};

RawPeer::RawPeer(int socket, RawServer& server) : socket_(socket), server_(server) {
    const timeval at_most{patience.count(), 0};
    const int on = 1;
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &at_most, sizeof at_most);
    setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &at_most, sizeof at_most);
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

RawPeer::~RawPeer() {
    if (socket_ < 0) return;
    if (tls_) SSL_shutdown(tls_->ssl.get());
    // The client reads to the end before the connection goes: closing with bytes unread, such as
    // the rest of a request, would reset it under what was sent.
    shutdown(socket_, SHUT_WR);
    char unread[4096];
    while (wait(POLLIN, patience) && recv(socket_, unread, sizeof unread, 0) > 0) {
    }
    close(socket_);
}

bool RawPeer::wait(short events, std::chrono::milliseconds at_most) {
    std::array<pollfd, 2> waited{{{socket_, events, 0}, {server_.stop_.descriptor(), POLLIN, 0}}};
    poll(waited.data(), waited.size(), static_cast<int>(at_most.count()));
    return waited[0].revents != 0 && waited[1].revents == 0;
}

int RawPeer::receive(char* into, int size) {
    if (socket_ < 0) return 0;
    if (tls_ && SSL_pending(tls_->ssl.get()) > 0) return SSL_read(tls_->ssl.get(), into, size);
    if (!wait(POLLIN, patience)) return 0;
    if (tls_) return SSL_read(tls_->ssl.get(), into, size);
    return static_cast<int>(recv(socket_, into, static_cast<std::size_t>(size), 0));
}

int RawPeer::send_some(std::string_view bytes) {
    if (socket_ < 0 || !wait(POLLOUT, patience)) return -1;
    if (tls_) return SSL_write(tls_->ssl.get(), bytes.data(), static_cast<int>(bytes.size()));
    return static_cast<int>(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
}

std::string RawPeer::read_request() {
    std::string request;
    std::array<char, 4096> part{};
    while (!is_whole(request)) {
        const int got = receive(part.data(), static_cast<int>(part.size()));
        if (got <= 0) break;
        request.append(part.data(), static_cast<std::size_t>(got));
    }
    if (!request.empty()) server_.keep(request);
    return request;
}

void RawPeer::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const int sent = send_some(bytes);
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void RawPeer::drip(std::string_view bytes, std::chrono::milliseconds pause) {
    for (const char byte : bytes) {
        if (send_some({&byte, 1}) <= 0) return;
        if (wait(POLLIN, pause) || server_.stop_.is_raised()) return;  // it speaks no more: it goes
    }
}

void RawPeer::hold() {
    char part[4096];
    while (receive(part, sizeof part) > 0) {
    }
}

bool RawPeer::secure(const Identity& identity) {
    tls_ = std::make_unique<Tls>();
    SSL_CTX* const context = tls_->context.get();
    require(
        SSL_CTX_use_certificate_chain_file(context, identity.certificate_file.c_str()) == 1 &&
            SSL_CTX_use_PrivateKey_file(context, identity.key_file.c_str(), SSL_FILETYPE_PEM) == 1,
        "certificate");
    tls_->ssl.reset(SSL_new(context));
    SSL_set_fd(tls_->ssl.get(), socket_);
    if (SSL_accept(tls_->ssl.get()) == 1) return true;
    tls_.reset();
    return false;
}

std::string RawPeer::server_name() const {
    const char* const name =
        tls_ ? SSL_get_servername(tls_->ssl.get(), TLSEXT_NAMETYPE_host_name) : nullptr;
    return name == nullptr ? std::string() : std::string(name);
}

void RawPeer::cut() {
    shutdown(socket_, SHUT_WR);
    hold();
    close(socket_);
    socket_ = -1;
}

RawServer::RawServer(Script script) {
    listen();
    thread_ = std::jthread([this, script = std::move(script)] { serve(script); });
}

RawServer::RawServer(std::vector<std::string> replies, const Identity* identity) {
    listen();
    auto answer = [replies = std::move(replies), identity,
                   number = std::size_t{0}](RawPeer& peer) mutable {
        const std::string& reply = replies[std::min(number++, replies.size() - 1)];
        if (identity != nullptr && !peer.secure(*identity)) return;
        peer.read_request();
        peer.send(reply);
    };
    thread_ = std::jthread([this, answer = Script(std::move(answer))] { serve(answer); });
}

RawServer::~RawServer() {
    stop_.raise();
    thread_.join();
    close(socket_);
}

void RawServer::listen() {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL's writes to a client that has gone
    socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    require(socket_ >= 0 && bind(socket_, generic, size) == 0 && ::listen(socket_, 64) == 0 &&
                getsockname(socket_, generic, &size) == 0,
            "no port");
    port_ = ntohs(address.sin_port);
}

void RawServer::serve(const Script& script) {
    while (!stop_.is_raised()) {
        std::array<pollfd, 2> waited{{{socket_, POLLIN, 0}, {stop_.descriptor(), POLLIN, 0}}};
        poll(waited.data(), waited.size(), -1);
        if (waited[0].revents == 0) continue;
        const int accepted = accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
        if (accepted < 0) continue;
        RawPeer peer(accepted, *this);
        script(peer);
    }
}

void RawServer::keep(const std::string& request) {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
}

std::string RawServer::url(std::string_view path, std::string_view scheme) const {
    return std::string(scheme) + "://127.0.0.1:" + std::to_string(port_) + std::string(path);
}

std::vector<std::string> RawServer::requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
}

}  // namespace recall::test
