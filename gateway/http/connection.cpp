#include "gateway/http/connection.h"

#include <Poco/Exception.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SecureStreamSocketImpl.h>
#include <Poco/Net/StreamSocketImpl.h>
#include <Poco/Net/X509Certificate.h>

#include <algorithm>
#include <sstream>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/base/uuid.h"
#include "gateway/http/reply_text.h"

namespace recall::http {
namespace {

namespace Net = Poco::Net;

// At a stop only; else the waiting room does it.
constexpr std::size_t linger_bytes_max = 1U << 20U;
constexpr std::chrono::milliseconds linger_time{1000};
constexpr std::size_t write_bytes = 64U << 10U;
// Anybody may call an open route. A body whose length is stated is here already when we get to it;
// one in chunks, or one that waited for our word, is waited for so long.
constexpr std::chrono::milliseconds open_body_time{1000};

Poco::Timespan timespan(std::chrono::milliseconds time) {
    return Poco::Timespan(std::chrono::microseconds(time).count());
}

}  // namespace

// Nothing: no byte is here yet. 0: the end, or what comes to the same.
std::optional<std::size_t> SocketWire::receive(char* into, std::size_t room) {
    try {
        const int got = socket_.receiveBytes(into, static_cast<int>(room));
        if (got >= 0) return static_cast<std::size_t>(got);
        return std::nullopt;  // plain: EAGAIN; TLS: a record or the handshake is not whole
    } catch (const Poco::Exception& exception) {
        // A caller that goes away is the caller's business.
        log(LogLevel::debug, "http", "reading ended", {{"reason", exception.displayText()}});
        return 0;
    }
}

std::size_t SocketWire::read(char* into, std::size_t room) {
    return receive(into, room).value_or(0);
}

std::optional<std::size_t> SocketWire::read_here(char* into, std::size_t room) {
    return receive(into, room);
}

void SocketWire::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const int count = static_cast<int>(std::min(bytes.size(), write_bytes));
        const int sent = socket_.sendBytes(bytes.data(), count);
        if (sent <= 0) throw Net::ConnectionResetException("the caller takes no more");
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

Connection::Connection(int handle, ServerParts& parts)
    : Guest(handle),
      parts_(parts),
      plain_(new Net::StreamSocketImpl(handle)),
      socket_(plain_),
      reader_(wire_, parts.options.limits),
      watch_(parts.watchdog, handle) {}

Connection::~Connection() {
    try {
        // The last words of TLS wait for nobody.
        plain_.setBlocking(false);
    } catch (const Poco::Exception& exception) {
        log(LogLevel::debug, "http", "a socket ended", {{"reason", exception.displayText()}});
    }
}

std::optional<Stay> Connection::serve() {
    try {
        if (!is_set_up_) {
            plain_.setReceiveTimeout(timespan(parts_.options.request_timeout));
            plain_.setSendTimeout(timespan(parts_.options.request_timeout));
            plain_.setNoDelay(true);
            plain_.setBlocking(false);
            if (const Net::Context::Ptr tls = parts_.context()) {
                socket_ = Net::SecureStreamSocket::attach(plain_, tls);
            }
            is_set_up_ = true;
        }
        return serve_arrived();
    } catch (const std::exception& exception) {
        const auto* poco = dynamic_cast<const Poco::Exception*>(&exception);
        log(LogLevel::debug, "http", "a connection ended",
            {{"reason", poco == nullptr ? exception.what() : poco->displayText()}});
        return std::nullopt;
    }
}

std::optional<Stay> Connection::serve_arrived() {
    for (bool has_answered = false;; has_answered = true) {
        plain_.setBlocking(false);
        if (!reader_.arrived()) {
            return has_answered && !reader_.buffered() ? Stay::next_request : Stay::head;
        }
        if (parts_.stopping) return std::nullopt;
        plain_.setBlocking(true);
        Result<Request> request = reader_.read_head();
        if (!request && reader_.at_end()) return std::nullopt;
        if (answer(request)) continue;
        plain_.shutdownSend();
        if (!parts_.stopping) return Stay::farewell;
        throw_away_input();
        return std::nullopt;
    }
}

// Whether the connection may carry a further request.
bool Connection::answer(Result<Request>& request) {
    const Instant now = SystemClock().now();
    const std::string id = make_uuid(now);
    bool is_read = false;
    Reply reply;
    if (request) {
        request->request_id = id;
        request->peer_address = socket_.peerAddress().host().toString();
        request->peer_certificate = peer_certificate();
        reply = parts_.guard.answer(*request, [&](Access access) {
            const Result<void> body = read_body(*request, access);
            is_read = body.ok();
            return body;
        });
        // Of a refused request the body is read over when it is here; else it ends the connection.
        if (!is_read && reader_.body_arrived()) {
            is_read = reader_.read_body(*request, parts_.options.limits.body_bytes_max).ok();
        }
    } else {
        reply = parts_.guard.refuse(request.error(), id);
    }
    const bool keep = is_read && request->keep_alive && !parts_.stopping;
    watch_.arm(parts_.options.request_timeout);
    wire_.write(reply_text(reply, request ? std::string_view(request->method) : "GET",
                           keep ? Afterwards::keep : Afterwards::close, now));
    watch_.disarm();
    return keep;
}

Result<void> Connection::read_body(Request& request, Access access) {
    const RequestLimits& limits = parts_.options.limits;
    const bool is_open = access == Access::open;
    watch_.arm(is_open ? std::min(open_body_time, parts_.options.request_timeout)
                       : parts_.options.request_timeout);
    Result<void> body = reader_.read_body(
        request,
        is_open ? std::min(limits.small_body_bytes, limits.body_bytes_max) : limits.body_bytes_max);
    watch_.disarm();
    return body;
}

std::string Connection::peer_certificate() const {
    if (dynamic_cast<const Net::SecureStreamSocketImpl*>(socket_.impl()) == nullptr) return {};
    const Net::SecureStreamSocket tls(socket_);
    if (!tls.havePeerCertificate()) return {};
    std::ostringstream pem;
    tls.peerCertificate().save(pem);
    return pem.str();
}

void Connection::throw_away_input() {
    char rest[4096];
    const auto end = std::chrono::steady_clock::now() + linger_time;
    for (std::size_t read = 0; read < linger_bytes_max;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            end - std::chrono::steady_clock::now());
        if (left.count() <= 0 || !plain_.poll(timespan(left), Net::Socket::SELECT_READ)) return;
        const int got = plain_.receiveBytes(rest, sizeof rest);
        if (got <= 0) return;
        read += static_cast<std::size_t>(got);
    }
}

}  // namespace recall::http
