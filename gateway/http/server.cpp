#include "gateway/http/server.h"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SecureStreamSocketImpl.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/Net/TCPServerConnection.h>
#include <Poco/Net/TCPServerConnectionFactory.h>
#include <Poco/Net/X509Certificate.h>
#include <Poco/ThreadPool.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <sstream>

#include "gateway/base/failure.h"
#include "gateway/base/log.h"
#include "gateway/base/uuid.h"
#include "gateway/http/reply_text.h"
#include "gateway/http/watchdog.h"

namespace recall::http {
namespace {

namespace Net = Poco::Net;

// After a refusal the caller may still be sending; a close with unread bytes would take our reply
// away from it, so we read on for a moment.
constexpr std::size_t linger_bytes_max = 1U << 20U;
constexpr std::chrono::milliseconds linger_time{1000};
constexpr std::size_t write_bytes = 64U << 10U;

Poco::Timespan timespan(std::chrono::milliseconds time) {
    return Poco::Timespan(std::chrono::microseconds(time).count());
}

Net::Context::Ptr make_context(const crypto::TlsServerSettings& settings) {
    Net::Context::Params params;
    params.privateKeyFile = settings.identity.key_file;
    params.certificateFile = settings.identity.certificate_file;
    params.caLocation = settings.authority_file;
    params.loadDefaultCAs = false;
    params.cipherList = "HIGH:!aNULL:!MD5";
    params.verificationDepth = 5;
    // People come without a certificate; a certificate that is shown must verify.
    params.verificationMode = settings.authority_file.empty() ? Net::Context::VERIFY_NONE
                              : settings.clients == crypto::TlsServerSettings::Clients::anyone
                                  ? Net::Context::VERIFY_RELAXED
                                  : Net::Context::VERIFY_STRICT;
    try {
        Net::Context::Ptr context = new Net::Context(Net::Context::TLS_SERVER_USE, params);
        context->requireMinimumProtocol(Net::Context::PROTO_TLSV1_2);
        context->enableExtendedCertificateVerification(false);
        return context;
    } catch (const Poco::Exception& exception) {
        throw Failure(ErrorCode::tls,
                      "the server's certificate or key cannot be used: " + exception.displayText());
    }
}

bool is_loopback(const std::string& address) {
    return address == "localhost" || address == "::1" || address.starts_with("127.");
}

class SocketWire final : public Wire {
  public:
    explicit SocketWire(Net::StreamSocket& socket) : socket_(socket) {}

    std::size_t read(char* into, std::size_t room) override {
        try {
            const int got = socket_.receiveBytes(into, static_cast<int>(room));
            return got > 0 ? static_cast<std::size_t>(got) : 0;
        } catch (const Poco::Exception& exception) {
            // A caller that goes away is the caller's business.
            log(LogLevel::debug, "http", "reading ended", {{"reason", exception.displayText()}});
            return 0;
        }
    }

    void write(std::string_view bytes) override {
        while (!bytes.empty()) {
            const int count = static_cast<int>(std::min(bytes.size(), write_bytes));
            const int sent = socket_.sendBytes(bytes.data(), count);
            if (sent <= 0) throw Net::ConnectionResetException("the caller takes no more");
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

  private:
    Net::StreamSocket& socket_;
};

}  // namespace

struct Server::State {
    State(ServerOptions the_options, const Guard& the_guard)
        : options(std::move(the_options)), guard(the_guard), pool("http", 1, options.threads + 1) {}

    Net::Context::Ptr context() {
        const std::lock_guard lock(mutex);
        return tls;
    }

    ServerOptions options;
    const Guard& guard;
    Watchdog watchdog;
    std::atomic<bool> stopping = false;
    std::mutex mutex;
    Net::Context::Ptr tls;  // null: plain HTTP
    Poco::ThreadPool pool;
    std::unique_ptr<Net::TCPServer> server;
    unsigned short port = 0;

    class Connection;
    class Factory;
};

class Server::State::Connection final : public Net::TCPServerConnection {
  public:
    Connection(const Net::StreamSocket& socket, State& state)
        : Net::TCPServerConnection(socket), state_(state) {}

    void run() override {
        try {
            serve();
        } catch (const std::exception& exception) {
            const auto* poco = dynamic_cast<const Poco::Exception*>(&exception);
            log(LogLevel::debug, "http", "a connection ended",
                {{"reason", poco == nullptr ? exception.what() : poco->displayText()}});
        }
    }

  private:
    void serve() {
        const ServerOptions& options = state_.options;
        Watchdog::Watch watch(state_.watchdog, socket().impl()->sockfd());
        if (const Net::Context::Ptr tls = state_.context()) {
            socket() = Net::SecureStreamSocket::attach(socket(), tls);
        }
        socket().setReceiveTimeout(timespan(options.request_timeout));
        socket().setSendTimeout(timespan(options.request_timeout));
        socket().setNoDelay(true);
        SocketWire wire(socket());
        RequestReader reader(wire, options.limits);
        std::chrono::milliseconds patience = options.request_timeout;
        while (reader.buffered() || (!state_.stopping && wait(patience))) {
            watch.arm(options.request_timeout);
            Result<Request> request = reader.read();
            watch.disarm();
            if (!request && reader.at_end() && request.error().code == ErrorCode::truncated) return;
            const bool keep = answer(watch, wire, request);
            if (!keep) return linger();
            watch.idle();
            patience = options.keep_alive;
        }
    }

    bool wait(std::chrono::milliseconds time) {
        return socket().poll(timespan(time), Net::Socket::SELECT_READ);
    }

    // Whether the connection may carry a further request.
    bool answer(Watchdog::Watch& watch, Wire& wire, Result<Request>& request) {
        const Instant now = SystemClock().now();
        const std::string id = make_uuid(now);
        Reply reply;
        if (request) {
            request->request_id = id;
            request->peer_address = socket().peerAddress().host().toString();
            request->peer_certificate = peer_certificate();
            reply = state_.guard.answer(*request);
        } else {
            reply = state_.guard.refuse(request.error(), id);
        }
        const bool keep = request && request->keep_alive && !state_.stopping;
        watch.arm(state_.options.request_timeout);
        wire.write(reply_text(reply, request ? std::string_view(request->method) : "GET",
                              keep ? Afterwards::keep : Afterwards::close, now));
        watch.disarm();
        return keep;
    }

    std::string peer_certificate() {
        const auto* secure = dynamic_cast<Net::SecureStreamSocketImpl*>(socket().impl());
        if (secure == nullptr) return {};
        const Net::SecureStreamSocket tls(socket());
        if (!tls.havePeerCertificate()) return {};
        std::ostringstream pem;
        tls.peerCertificate().save(pem);
        return pem.str();
    }

    void linger() {
        socket().shutdownSend();
        char rest[4096];
        const auto end = std::chrono::steady_clock::now() + linger_time;
        SocketWire wire(socket());
        for (std::size_t read = 0; read < linger_bytes_max;) {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
                end - std::chrono::steady_clock::now());
            if (left.count() <= 0 || !wait(left)) return;
            const std::size_t got = wire.read(rest, sizeof rest);
            if (got == 0) return;
            read += got;
        }
    }

    State& state_;
};

class Server::State::Factory final : public Net::TCPServerConnectionFactory {
  public:
    explicit Factory(State& state) : state_(state) {}
    // POCO takes ownership of the connection.
    Net::TCPServerConnection* createConnection(const Net::StreamSocket& socket) override {
        return new Connection(socket, state_);
    }

  private:
    State& state_;
};

Server::Server(ServerOptions options, const Guard& guard)
    : state_(std::make_unique<State>(std::move(options), guard)) {}

Server::~Server() { stop(); }

void Server::start() {
    const ServerOptions& options = state_->options;
    if (!options.tls.identity.certificate_file.empty()) {
        state_->tls = make_context(options.tls);
    } else if (!is_loopback(options.address)) {
        throw Failure(ErrorCode::config, "http.address " + options.address +
                                             " is not loopback and needs http.tls_certificate");
    }
    try {
        Net::ServerSocket socket;
        // Without SO_REUSEPORT, which POCO sets unless told: a port that is taken is an error.
        socket.bind(Net::SocketAddress(options.address, options.port), true, false);
        socket.listen(options.queue_max);
        state_->port = socket.address().port();
        Net::TCPServerParams::Ptr params = new Net::TCPServerParams;
        params->setMaxThreads(options.threads);
        params->setMaxQueued(options.queue_max);
        state_->server = std::make_unique<Net::TCPServer>(new State::Factory(*state_), state_->pool,
                                                          socket, params);
        state_->server->start();
    } catch (const Poco::Exception& exception) {
        throw Failure(ErrorCode::io, "cannot listen on " + options.address + " port " +
                                         std::to_string(options.port) + ": " +
                                         exception.displayText());
    }
}

// First no new connections, then no new requests, then the deadline, then the cut; at last the
// threads are joined.
void Server::stop() {
    if (!state_->server) return;
    state_->stopping = true;
    state_->server->stop();
    state_->watchdog.end_reading();
    if (!state_->watchdog.wait_until_none(state_->options.stop_timeout)) {
        log(LogLevel::warning, "http", "requests under way were cut at the stop deadline");
        state_->watchdog.cut_all();
    }
    state_->pool.joinAll();
    state_->server.reset();
}

void Server::reload_certificates() {
    if (!state_->context()) return;
    const Net::Context::Ptr fresh = make_context(state_->options.tls);
    const std::lock_guard lock(state_->mutex);
    state_->tls = fresh;
}

unsigned short Server::port() const { return state_->port; }

std::size_t Server::connections() const { return state_->watchdog.count(); }

}  // namespace recall::http
