#include "gateway/net/courier.h"

#include <map>

#include "gateway/net/connection.h"
#include "gateway/net/outgoing.h"
#include "gateway/net/reply_body.h"

namespace recall::net {
namespace {

constexpr std::size_t connections_max = 64;

struct Kept {
    Connection connection;
    std::string fingerprint;  // of the certificate that it was made with
};

struct Exchange {
    Result<CourierReply> reply;
    bool keeps_alive = false;
    bool is_unanswered = false;  // not a byte came, though there was time
};

std::string request_text(const Url& url, const Letter& letter) {
    std::string out =
        "POST " + url.target + " HTTP/1.1\r\nHost: " + url.authority() + "\r\nContent-Type: ";
    (out += letter.media_type) += "\r\nContent-Length: " + std::to_string(letter.body.size()) +
                                  "\r\nConnection: keep-alive\r\n\r\n";
    return out += letter.body;
}

Result<CourierReply> read_reply(Connection& connection, const ReplyHead& head, std::string body,
                                std::size_t reply_bytes_max) {
    if (head.is_http_1_0 || head.framing != Framing::length) return not_http("no Content-Length");
    if (head.length > reply_bytes_max) {
        return Error{ErrorCode::too_large,
                     "the answer has " + std::to_string(head.length) + " bytes"};
    }
    while (body.size() < head.length) {
        const auto part = connection.read();
        if (!part) return part.error();
        if (part->empty()) {
            return Error{ErrorCode::truncated, "the partner closed before its answer was whole"};
        }
        body += *part;
    }
    if (body.size() > head.length) return not_http("more bytes than Content-Length states");
    return CourierReply{head.status, std::string(head.header("content-type")), std::move(body)};
}

Exchange exchange(Connection& connection, const std::string& request, std::size_t reply_bytes_max) {
    if (auto sent = connection.write(request); !sent) {
        return {.reply = sent.error(), .is_unanswered = sent.error().code != ErrorCode::timed_out};
    }
    std::string rest;
    const Result<ReplyHead> head = read_head(connection, rest);
    if (!head) {
        return {.reply = head.error(),
                .is_unanswered = rest.empty() && head.error().code != ErrorCode::timed_out};
    }
    auto reply = read_reply(connection, *head, std::move(rest), reply_bytes_max);
    const bool is_whole = reply.ok();
    return {.reply = std::move(reply), .keeps_alive = is_whole && head->keeps_alive()};
}

}  // namespace

struct Courier::State {
    explicit State(CourierOptions given)
        : options(std::move(given)),
          tls({.identity = options.identity,
               .authority_file = options.authority_file,
               .pinned_fingerprints = {}}) {}

    CourierOptions options;
    TlsClient tls;
    std::map<std::string, Kept> connections;  // by host and port

    Result<Kept> connect(const Url& url, const Letter& letter, const WaitLimits& limits);
};

Result<Kept> Courier::State::connect(const Url& url, const Letter& letter,
                                     const WaitLimits& limits) {
    Result<Connection> connection = open_named(url.host, url.port, limits);
    if (!connection) return connection.error();
    if (auto secured = connection->secure(tls, url.host, url.host); !secured) {
        return secured.error();
    }
    const Result<std::string> fingerprint = connection->fingerprint();
    if (!fingerprint) return fingerprint.error();
    if (!crypto::is_pinned(*fingerprint, letter.pinned_certificates)) {
        return Error{ErrorCode::tls,
                     "the partner showed a certificate that is not registered: " + *fingerprint};
    }
    return Kept{*std::move(connection), *fingerprint};
}

Courier::Courier(CourierOptions options) : state_(std::make_unique<State>(std::move(options))) {}

Courier::~Courier() = default;

Result<CourierReply> Courier::post(const Letter& letter) {
    const Result<Url> url = parse_url(letter.url);
    if (!url) return url.error();
    if (!url->is_secure()) return Error{ErrorCode::bad_value, "a partner's endpoint is https"};
    if (auto good = check_header("Content-Type", letter.media_type); !good) return good.error();
    const WaitLimits limits{.one_wait = state_->options.timeout,
                            .deadline = SteadyClock::now() + state_->options.timeout};
    const std::string request = request_text(*url, letter);
    const std::size_t bytes_max = state_->options.reply_bytes_max;
    auto& connections = state_->connections;
    const std::string key = url->authority();
    if (auto node = connections.extract(key);
        !node.empty() && crypto::is_pinned(node.mapped().fingerprint, letter.pinned_certificates)) {
        Connection& kept = node.mapped().connection;
        kept.set_limits(limits);
        Exchange made = exchange(kept, request, bytes_max);
        if (made.keeps_alive) connections.insert(std::move(node));
        // A kept connection may have ended while it was idle; messages may be sent twice.
        if (!made.is_unanswered) return std::move(made.reply);
    }
    Result<Kept> fresh = state_->connect(*url, letter, limits);
    if (!fresh) return fresh.error();
    Exchange made = exchange(fresh->connection, request, bytes_max);
    if (connections.size() >= connections_max) connections.clear();
    if (made.keeps_alive) connections.emplace(key, *std::move(fresh));
    return std::move(made.reply);
}

}  // namespace recall::net
