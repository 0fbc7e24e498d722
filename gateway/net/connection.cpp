#include "gateway/net/connection.h"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/X509Certificate.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <optional>
#include <sstream>

#include "gateway/net/outgoing.h"

namespace recall::net {
namespace {

constexpr std::size_t read_bytes = 64U << 10U;
constexpr std::size_t write_bytes_max = 1U << 20U;
constexpr std::chrono::seconds connect_wait_max{10};  // then the next address has its chance

// A write to a connection that the other side closed must not end the process; OpenSSL has no
// other way to say so.
void ignore_broken_pipes() {
    static std::once_flag once;
    std::call_once(once, [] { std::signal(SIGPIPE, SIG_IGN); });
}

// OpenSSL 3 tells a connection that broke off from a protocol that went wrong in words only.
bool is_broken_off(const Poco::Net::SSLException& e) {
    return e.displayText().find("unexpected eof") != std::string::npos;
}

}  // namespace

Result<std::vector<std::string>> resolve(const std::string& host) {
    Poco::Net::IPAddress address;
    if (Poco::Net::IPAddress::tryParse(host, address)) return std::vector{address.toString()};
    try {
        std::vector<std::string> out;
        const auto entry = Poco::Net::DNS::hostByName(host, Poco::Net::DNS::DNS_HINT_NONE);
        for (const Poco::Net::IPAddress& found : entry.addresses())
            out.push_back(found.toString());
        if (out.empty()) return Error{ErrorCode::unreachable, host + " has no address"};
        return out;
    } catch (const Poco::Exception& e) {
        return Error{ErrorCode::unreachable, host + " was not found: " + e.displayText()};
    }
}

struct TlsClient::State {
    crypto::TlsClientSettings settings;
    std::mutex mutex;
    Poco::Net::Context::Ptr context;  // made once; guarded by mutex

    Poco::Net::Context::Ptr made_context();
};

TlsClient::TlsClient(crypto::TlsClientSettings settings) : state_(std::make_unique<State>()) {
    state_->settings = std::move(settings);
}

TlsClient::~TlsClient() = default;

Poco::Net::Context::Ptr TlsClient::State::made_context() {
    const std::lock_guard lock(mutex);
    if (context) return context;
    Poco::Net::Context::Params params;
    params.privateKeyFile = settings.identity.key_file;
    params.certificateFile = settings.identity.certificate_file;
    params.caLocation = settings.authority_file;
    params.verificationMode = Poco::Net::Context::VERIFY_STRICT;
    params.loadDefaultCAs = settings.authority_file.empty();
    params.cipherList = "HIGH:!aNULL:!eNULL:!MD5";
    Poco::Net::Context::Ptr made =
        new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, params);
    made->requireMinimumProtocol(Poco::Net::Context::PROTO_TLSV1_2);
    // Without it, and without VERIFY_STRICT, the name in the certificate is not looked at.
    made->enableExtendedCertificateVerification(true);
    context = made;
    return context;
}

struct Connection::State {
    Poco::Net::StreamSocket socket;  // the SecureStreamSocket once secured
    std::optional<Poco::Net::SecureStreamSocket> tls;
    WaitLimits limits;
    std::array<char, read_bytes> buffer;

    Result<void> check_limits() const;
    Result<void> wait_for(short events) const;
    // Bytes, 0 at the end, or less when it would have to wait.
    int receive() { return socket.receiveBytes(buffer.data(), static_cast<int>(buffer.size())); }
    template <class Attempt>
    Result<int> until_done(short events_in_the_clear, const Attempt& attempt);
};

Result<void> Connection::State::check_limits() const {
    if (limits.stop != nullptr && limits.stop->is_raised()) {
        return Error{ErrorCode::timed_out, "the gateway is stopping"};
    }
    if (SteadyClock::now() >= limits.deadline) {
        return Error{ErrorCode::timed_out, "the other side was not done by the deadline"};
    }
    return {};
}

Result<void> Connection::State::wait_for(short events) const {
    const auto until = std::min(limits.deadline, SteadyClock::now() + limits.one_wait);
    while (true) {
        if (auto good = check_limits(); !good) return good.error();
        if (SteadyClock::now() >= until)
            return Error{ErrorCode::timed_out, "the other side fell silent"};
        std::array<pollfd, 2> waited{
            {{socket.impl()->sockfd(), events, 0},
             {limits.stop == nullptr ? -1 : limits.stop->descriptor(), POLLIN, 0}}};
        poll(waited.data(), waited.size(), poll_milliseconds(until));
        if (waited[1].revents == 0 && waited[0].revents != 0) return {};
    }
}

// Calls until the socket, which never blocks, has something to say.
template <class Attempt>
Result<int> Connection::State::until_done(short events_in_the_clear, const Attempt& attempt) {
    while (true) {
        const int count = attempt();
        if (count >= 0) return count;
        short events = events_in_the_clear;
        if (tls) {
            events = count == Poco::Net::SecureStreamSocket::ERR_SSL_WANT_WRITE ? POLLOUT : POLLIN;
        }
        if (auto ready = wait_for(events); !ready) return ready.error();
    }
}

Connection::Connection(std::unique_ptr<State> state) : state_(std::move(state)) {}
Connection::~Connection() = default;
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;

Result<Connection> Connection::open(const std::string& address, unsigned port,
                                    const WaitLimits& limits) {
    ignore_broken_pipes();
    auto state = std::make_unique<State>();
    state->limits = limits;
    state->limits.one_wait = std::min<std::chrono::milliseconds>(limits.one_wait, connect_wait_max);
    const std::string where = address + " port " + std::to_string(port);
    try {
        state->socket.connectNB(Poco::Net::SocketAddress(address, static_cast<Poco::UInt16>(port)));
        if (auto ready = state->wait_for(POLLOUT); !ready) return ready.error();
        if (state->socket.impl()->socketError() != 0) {
            return Error{ErrorCode::unreachable, where + " takes no connection"};
        }
        state->socket.setNoDelay(true);
    } catch (const Poco::Exception& e) {
        return Error{ErrorCode::unreachable, where + ": " + e.displayText()};
    }
    state->limits = limits;
    return Connection(std::move(state));
}

Result<Connection> Connection::open_first(const std::vector<std::string>& addresses, unsigned port,
                                          const WaitLimits& limits) {
    Result<Connection> connection = Error{ErrorCode::unreachable, "no address"};
    for (const std::string& address : addresses) {
        connection = open(address, port, limits);
        if (connection) break;
    }
    return connection;
}

Result<Connection> open_named(const std::string& host, unsigned port, const WaitLimits& limits) {
    const auto addresses = resolve(host);
    if (!addresses) return addresses.error();
    return Connection::open_first(*addresses, port, limits);
}

Result<void> Connection::secure(TlsClient& client, const std::string& server_name,
                                const std::string& checked_name) {
    Poco::Net::Context::Ptr context;
    try {
        context = client.state_->made_context();
    } catch (const Poco::Exception& e) {
        return Error{ErrorCode::tls, "our own certificates cannot be used: " + e.displayText()};
    }
    try {
        // RFC 6066 §3: an address is not asked for by name.
        const std::string asked_name = is_address(server_name) ? std::string() : server_name;
        state_->tls = Poco::Net::SecureStreamSocket::attach(state_->socket, asked_name, context);
        const auto done =
            state_->until_done(POLLIN, [this] { return state_->tls->completeHandshake(); });
        if (!done) return done.error();
        state_->tls->verifyPeerCertificate(checked_name);
        state_->socket = *state_->tls;
        return {};
    } catch (const Poco::Net::SSLException& e) {
        return Error{is_broken_off(e) ? ErrorCode::unreachable : ErrorCode::tls, e.displayText()};
    } catch (const Poco::Exception& e) {
        return Error{ErrorCode::unreachable, "TLS handshake: " + e.displayText()};
    }
}

Result<std::string> Connection::fingerprint() const {
    RECALL_CHECK(state_->tls.has_value(), "only a TLS server has a certificate");
    std::ostringstream pem;
    state_->tls->peerCertificate().save(pem);
    return crypto::certificate_fingerprint(pem.str());
}

void Connection::set_limits(const WaitLimits& limits) { state_->limits = limits; }

Result<void> Connection::write(std::string_view bytes) {
    try {
        while (!bytes.empty()) {
            const int size = static_cast<int>(std::min(bytes.size(), write_bytes_max));
            const auto sent = state_->until_done(POLLOUT, [&] {
                return state_->socket.sendBytes(bytes.data(), size, state_->tls ? 0 : MSG_NOSIGNAL);
            });
            if (!sent) return sent.error();
            bytes.remove_prefix(static_cast<std::size_t>(*sent));
        }
        return {};
    } catch (const Poco::Exception& e) {
        return Error{ErrorCode::unreachable,
                     "the other side closed while we sent: " + e.displayText()};
    }
}

Result<std::string_view> Connection::read() {
    try {
        // They hold even when every read finds a byte waiting.
        if (auto good = state_->check_limits(); !good) return good.error();
        const auto got = state_->until_done(POLLIN, [this] { return state_->receive(); });
        if (!got) return got.error();
        return std::string_view(state_->buffer.data(), static_cast<std::size_t>(*got));
    } catch (const Poco::Net::SSLException& e) {
        return Error{is_broken_off(e) ? ErrorCode::truncated : ErrorCode::tls, e.displayText()};
    } catch (const Poco::Exception& e) {
        return Error{ErrorCode::truncated, "the connection broke: " + e.displayText()};
    }
}

std::string_view Connection::read_ready() {
    try {
        return {state_->buffer.data(), static_cast<std::size_t>(std::max(state_->receive(), 0))};
    } catch (const Poco::Exception&) {
        return {};  // an end in disorder is no byte
    }
}

bool Connection::is_secure() const { return state_->tls.has_value(); }

}  // namespace recall::net
