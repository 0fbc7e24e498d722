#include "gateway/net/courier.h"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/X509Certificate.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <sstream>

#include "gateway/net/outgoing.h"

namespace recall::net {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t head_bytes_max = 16U << 10U;
constexpr std::size_t connections_max = 64;

// The reply's head, as far as we need it.
struct Head {
    int status = 0;
    std::string media_type;
    std::size_t length = 0;
    bool keeps_alive = true;
};

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

Error not_http(const std::string& why) {
    return {ErrorCode::wrong_document, "the answer is not HTTP as we take it: " + why};
}

Result<Head> parse_head(std::string_view text, std::size_t reply_bytes_max) {
    Head head;
    const std::string_view status_line = text.substr(0, text.find("\r\n"));
    const bool is_http = status_line.starts_with("HTTP/1.1 ") && status_line.size() >= 12;
    const char* const digits = status_line.data() + 9;
    if (!is_http || std::from_chars(digits, digits + 3, head.status).ptr != digits + 3) {
        return not_http("status line");
    }
    bool has_length = false;
    for (std::size_t at = status_line.size() + 2; at < text.size();) {
        const std::size_t end = text.find("\r\n", at);
        const std::string_view line = text.substr(at, end - at);
        at = end + 2;
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) return not_http("header line");
        const std::string name = lower(line.substr(0, colon));
        const std::string_view value = trimmed(line.substr(colon + 1));
        if (name == "transfer-encoding") return not_http("no Content-Length");
        if (name == "content-type") head.media_type = value;
        if (name == "connection" && lower(value) == "close") head.keeps_alive = false;
        if (name == "content-length") {
            const auto read =
                std::from_chars(value.data(), value.data() + value.size(), head.length);
            const bool whole = read.ec == std::errc() && read.ptr == value.data() + value.size();
            if (has_length || !whole) return not_http("Content-Length");
            has_length = true;
        }
    }
    if (!has_length) return not_http("no Content-Length");
    if (head.length > reply_bytes_max) {
        return {ErrorCode::too_large, "the answer has " + std::to_string(head.length) + " bytes"};
    }
    return head;
}

std::string request_text(const Url& url, const Letter& letter) {
    const std::string host =
        url.host.find(':') == std::string::npos ? url.host : "[" + url.host + "]";
    std::string out = "POST " + url.target + " HTTP/1.1\r\nHost: " + host + ":" +
                      std::to_string(url.port) + "\r\nContent-Type: ";
    (out += letter.media_type) += "\r\nContent-Length: " + std::to_string(letter.body.size()) +
                                  "\r\nConnection: keep-alive\r\n\r\n";
    return out += letter.body;
}

}  // namespace

// One connection and the certificate that it was made with.
struct Connection {
    Poco::Net::SecureStreamSocket socket;
    std::string fingerprint;

    Result<CourierReply> exchange(const std::string& request, SteadyClock::time_point deadline,
                                  std::size_t reply_bytes_max);
    bool keeps_alive = true;
    bool got_bytes = false;  // of this answer

  private:
    void limit_wait(SteadyClock::time_point deadline);
    Result<void> read_some(std::string& into, SteadyClock::time_point deadline);
};

void Connection::limit_wait(SteadyClock::time_point deadline) {
    const auto left =
        std::chrono::duration_cast<std::chrono::microseconds>(deadline - SteadyClock::now());
    if (left.count() <= 0) throw Poco::TimeoutException();
    socket.setReceiveTimeout(Poco::Timespan(left.count()));
    socket.setSendTimeout(Poco::Timespan(left.count()));
}

Result<void> Connection::read_some(std::string& into, SteadyClock::time_point deadline) {
    char part[16384];
    limit_wait(deadline);
    const int got = socket.receiveBytes(part, sizeof part);
    if (got <= 0) return {ErrorCode::truncated, "the partner closed before its answer was whole"};
    got_bytes = true;
    into.append(part, static_cast<std::size_t>(got));
    return {};
}

Result<CourierReply> Connection::exchange(const std::string& request,
                                          SteadyClock::time_point deadline,
                                          std::size_t reply_bytes_max) {
    got_bytes = false;
    for (std::size_t sent = 0; sent < request.size();) {
        limit_wait(deadline);
        const int count = socket.sendBytes(
            request.data() + sent,
            static_cast<int>(std::min<std::size_t>(request.size() - sent, 1U << 20U)));
        if (count <= 0) return Error{ErrorCode::truncated, "the partner closed while we sent"};
        sent += static_cast<std::size_t>(count);
    }
    std::string bytes;
    std::size_t head_end = std::string::npos;
    while ((head_end = bytes.find("\r\n\r\n")) == std::string::npos) {
        if (bytes.size() > head_bytes_max) return not_http("head too long");
        if (auto read = read_some(bytes, deadline); !read) return read.error();
    }
    const Result<Head> head =
        parse_head(std::string_view(bytes).substr(0, head_end + 2), reply_bytes_max);
    if (!head) return head.error();
    keeps_alive = head->keeps_alive;
    std::string body = bytes.substr(head_end + 4);
    while (body.size() < head->length) {
        if (auto read = read_some(body, deadline); !read) return read.error();
    }
    if (body.size() > head->length) return not_http("more bytes than Content-Length states");
    return CourierReply{head->status, head->media_type, std::move(body)};
}

struct Courier::State {
    CourierOptions options;
    Poco::Net::Context::Ptr context;
    std::map<std::string, Connection> connections;  // by scheme, host and port

    Result<Poco::Net::Context::Ptr> tls();
    Result<Connection*> connect(const Url& url, const std::string& key, const Letter& letter,
                                SteadyClock::time_point deadline);
    Result<CourierReply> post(const Url& url, const Letter& letter,
                              SteadyClock::time_point deadline);
};

Result<Poco::Net::Context::Ptr> Courier::State::tls() {
    if (context) return context;
    Poco::Net::Context::Params params;
    params.privateKeyFile = options.identity.key_file;
    params.certificateFile = options.identity.certificate_file;
    params.caLocation = options.authority_file;
    params.verificationMode = Poco::Net::Context::VERIFY_STRICT;
    params.loadDefaultCAs = options.authority_file.empty();
    params.cipherList = "HIGH:!aNULL:!eNULL:!MD5";
    try {
        Poco::Net::Context::Ptr made =
            new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, params);
        made->requireMinimumProtocol(Poco::Net::Context::PROTO_TLSV1_2);
        made->enableExtendedCertificateVerification(true);
        context = made;
        return context;
    } catch (const Poco::Exception& e) {
        return Error{ErrorCode::tls, "our own certificates cannot be used: " + e.displayText()};
    }
}

Result<Connection*> Courier::State::connect(const Url& url, const std::string& key,
                                            const Letter& letter,
                                            SteadyClock::time_point deadline) {
    const Result<Poco::Net::Context::Ptr> tls_context = tls();
    if (!tls_context) return tls_context.error();
    const auto left =
        std::chrono::duration_cast<std::chrono::microseconds>(deadline - SteadyClock::now());
    Poco::Net::SecureStreamSocket socket(*tls_context);
    socket.setPeerHostName(url.host);
    socket.setLazyHandshake(true);
    socket.connect(Poco::Net::SocketAddress(url.host, static_cast<Poco::UInt16>(url.port)),
                   Poco::Timespan(std::max<long long>(left.count(), 1)));
    socket.setReceiveTimeout(Poco::Timespan(std::max<long long>(left.count(), 1)));
    socket.setSendTimeout(Poco::Timespan(std::max<long long>(left.count(), 1)));
    socket.setNoDelay(true);
    socket.completeHandshake();
    socket.verifyPeerCertificate(url.host);
    std::ostringstream pem;
    socket.peerCertificate().save(pem);
    const Result<std::string> fingerprint = crypto::certificate_fingerprint(pem.str());
    if (!fingerprint) return fingerprint.error();
    if (!crypto::is_pinned(*fingerprint, letter.pinned_certificates)) {
        return Error{ErrorCode::tls,
                     "the partner showed a certificate that is not registered: " + *fingerprint};
    }
    if (connections.size() >= connections_max) connections.clear();
    const auto [place, is_new] =
        connections.insert_or_assign(key, Connection{.socket = socket,
                                                     .fingerprint = *fingerprint,
                                                     .keeps_alive = true,
                                                     .got_bytes = false});
    return &place->second;
}

Result<CourierReply> Courier::State::post(const Url& url, const Letter& letter,
                                          SteadyClock::time_point deadline) {
    const std::string key = url.host + " " + std::to_string(url.port);
    const std::string request = request_text(url, letter);
    const auto kept = connections.find(key);
    if (kept != connections.end() &&
        crypto::is_pinned(kept->second.fingerprint, letter.pinned_certificates)) {
        try {
            Result<CourierReply> reply =
                kept->second.exchange(request, deadline, options.reply_bytes_max);
            if (reply && kept->second.keeps_alive) return reply;
            const bool had_bytes = kept->second.got_bytes;
            connections.erase(kept);
            // A kept connection may have ended while it was idle; messages may be sent twice.
            if (reply || had_bytes) return reply;
        } catch (const Poco::TimeoutException&) {
            connections.erase(key);
            throw;
        } catch (const Poco::Exception&) {
            connections.erase(key);  // as above: tried again on a new connection
        }
    }
    const Result<Connection*> connection = connect(url, key, letter, deadline);
    if (!connection) return connection.error();
    Result<CourierReply> reply =
        (*connection)->exchange(request, deadline, options.reply_bytes_max);
    if (!reply || !(*connection)->keeps_alive) connections.erase(key);
    return reply;
}

Courier::Courier(CourierOptions options) : state_(std::make_unique<State>()) {
    state_->options = std::move(options);
}

Courier::~Courier() = default;

Result<CourierReply> Courier::post(const Letter& letter) {
    const Result<Url> url = parse_url(letter.url);
    if (!url) return url.error();
    if (!url->is_secure()) return Error{ErrorCode::bad_value, "a partner's endpoint is https"};
    if (auto good = check_header("Content-Type", letter.media_type); !good) return good.error();
    const auto deadline = SteadyClock::now() + state_->options.timeout;
    const std::string key = url->host + " " + std::to_string(url->port);
    try {
        return state_->post(*url, letter, deadline);
    } catch (const Poco::TimeoutException&) {
        state_->connections.erase(key);
        return Error{ErrorCode::timed_out, "the partner did not answer in time"};
    } catch (const Poco::Net::SSLException& e) {
        state_->connections.erase(key);
        return Error{ErrorCode::tls, e.displayText()};
    } catch (const Poco::Exception& e) {
        state_->connections.erase(key);
        return Error{ErrorCode::unreachable, e.displayText()};
    }
}

}  // namespace recall::net
