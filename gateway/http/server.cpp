#include "gateway/http/server.h"

#include <Poco/Exception.h>
#include <Poco/Net/ServerSocket.h>
#include <pthread.h>

#include <condition_variable>
#include <deque>
#include <thread>
#include <vector>

#include "gateway/base/failure.h"
#include "gateway/base/log.h"
#include "gateway/http/connection.h"

namespace recall::http {
namespace {

namespace Net = Poco::Net;

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

}  // namespace

struct Server::State {
    State(ServerOptions options, const Guard& guard)
        : parts(std::move(options), guard),
          room(parts.options.room,
               {.make = [this](int handle) { return std::make_unique<Connection>(handle, parts); },
                .ready = [this](std::unique_ptr<Guest> guest) { enqueue(std::move(guest)); },
                .ended = [this](std::string_view why) { parts.guard.count_ended(why); }}) {}

    ServerParts parts;
    WaitingRoom room;  // outlives every connection
    std::unique_ptr<Net::ServerSocket> socket;
    unsigned short port = 0;
    std::mutex mutex;
    std::condition_variable_any changed;
    std::deque<std::unique_ptr<Guest>> ready;  // bounded by the room's limit on connections
    std::vector<std::jthread> workers;

    void enqueue(std::unique_ptr<Guest> guest) {
        {
            const std::lock_guard lock(mutex);
            ready.push_back(std::move(guest));
        }
        changed.notify_one();
    }

    std::unique_ptr<Guest> next(const std::stop_token& stop) {
        std::unique_lock lock(mutex);
        if (!changed.wait(lock, stop, [this] { return !ready.empty(); })) return nullptr;
        std::unique_ptr<Guest> guest = std::move(ready.front());
        ready.pop_front();
        return guest;
    }

    void work(const std::stop_token& stop) {
        while (std::unique_ptr<Guest> guest = next(stop)) {
            // The room knows no other guests than ours.
            const std::optional<Stay> stay = static_cast<Connection&>(*guest).serve();
            if (stay) room.wait(std::move(guest), *stay);
        }
    }

    void start_workers() {
        for (int i = 0; i < parts.options.threads; ++i) {
            workers.emplace_back([this, i](const std::stop_token& stop) {
                ::pthread_setname_np(::pthread_self(), ("http-" + std::to_string(i)).c_str());
                work(stop);
            });
        }
    }
};

Server::Server(ServerOptions options, const Guard& guard)
    : state_(std::make_unique<State>(std::move(options), guard)) {}

Server::~Server() { stop(); }

void Server::start() {
    const ServerOptions& options = state_->parts.options;
    if (!options.tls.identity.certificate_file.empty()) {
        state_->parts.tls = make_context(options.tls);
    } else if (!is_loopback(options.address)) {
        throw Failure(ErrorCode::config, "http.address " + options.address +
                                             " is not loopback and needs http.tls_certificate");
    }
    try {
        auto socket = std::make_unique<Net::ServerSocket>();
        // Without SO_REUSEPORT, which POCO sets unless told: a port that is taken is an error.
        socket->bind(Net::SocketAddress(options.address, options.port), true, false);
        // The room accepts at once; what the system keeps for it only bridges a moment.
        socket->listen(static_cast<int>(options.room.connections_max));
        socket->setBlocking(false);
        state_->port = socket->address().port();
        state_->socket = std::move(socket);
    } catch (const Poco::Exception& exception) {
        throw Failure(ErrorCode::io, "cannot listen on " + options.address + " port " +
                                         std::to_string(options.port) + ": " +
                                         exception.displayText());
    }
    state_->start_workers();
    state_->room.open(state_->socket->impl()->sockfd());
}

// First no new connections and no new requests, then the deadline, then the cut; at last the
// threads are joined.
void Server::stop() {
    if (!state_->socket) return;
    state_->parts.stopping = true;
    state_->room.close();
    state_->socket.reset();
    std::deque<std::unique_ptr<Guest>> not_begun;
    {
        const std::lock_guard lock(state_->mutex);
        not_begun.swap(state_->ready);
    }
    not_begun.clear();
    if (!state_->parts.watchdog.wait_until_none(state_->parts.options.stop_timeout)) {
        log(LogLevel::warning, "http", "requests under way were cut at the stop deadline");
        state_->parts.watchdog.cut_all();
    }
    for (std::jthread& worker : state_->workers)
        worker.request_stop();
    state_->workers.clear();
}

void Server::reload_certificates() {
    ServerParts& parts = state_->parts;
    if (!parts.context()) return;
    const Net::Context::Ptr fresh = make_context(parts.options.tls);
    const std::lock_guard lock(parts.mutex);
    parts.tls = fresh;
}

unsigned short Server::port() const { return state_->port; }

std::size_t Server::connections() const { return state_->parts.watchdog.count(); }

}  // namespace recall::http
