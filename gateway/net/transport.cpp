#include "gateway/net/transport.h"

#include <algorithm>

#include "gateway/base/failure.h"
#include "gateway/crypto/digest.h"
#include "gateway/net/reply_body.h"

namespace recall::net {
namespace {

// User name and password of a URL, decoded from their %XX.
std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = text[i] == '%' ? crypto::from_hex(text.substr(i + 1, 2)) : std::nullopt;
        out += byte && byte->size() == 1 ? byte->front() : text[i];
        if (byte && byte->size() == 1) i += 2;
    }
    return out;
}

Url configured_url(const std::string& name, std::string_view text) {
    Result<Url> url = parse_url(text);
    if (!url) throw Failure(ErrorCode::config, name + ": " + url.error().text);
    return *std::move(url);
}

Error leads_inside(const std::string& host) {
    return {ErrorCode::forbidden,
            host +
                " leads to an address that is not a public one (poll.stand_in fetches "
                "from a local server)"};
}

}  // namespace

Transport::Transport(const FetcherOptions& options)
    : spool_folder_(options.spool_folder),
      may_reach_private_hosts_(options.may_reach_private_hosts),
      tls_({.identity = {}, .authority_file = options.authority_file, .pinned_fingerprints = {}}) {
    if (!options.stand_in.empty()) stand_in_ = configured_url("stand_in", options.stand_in);
    if (options.proxy.empty()) return;
    std::string proxy = options.proxy;
    const std::size_t at = proxy.rfind('@');
    const std::size_t authority = proxy.find("://") + 3;
    if (at != std::string::npos && at > authority) {
        const std::string credentials = percent_decoded(proxy.substr(authority, at - authority));
        proxy_authorization_ =
            "Proxy-Authorization: Basic " + crypto::to_base64(credentials) + "\r\n";
        proxy.erase(authority, at + 1 - authority);
    }
    proxy_ = configured_url("proxy", proxy);
    if (proxy_->is_secure()) throw Failure(ErrorCode::config, "proxy: http:// is what we speak");
}

Result<Connection> Transport::connect_to_source(const Url& url, const WaitLimits& limits) const {
    auto addresses = resolve(url.host);
    if (!addresses) return addresses.error();
    if (!may_reach_private_hosts_) {
        // The very address that was judged is connected to: the name cannot change in between.
        std::erase_if(*addresses, [](const auto& address) { return !is_public_address(address); });
        if (addresses->empty()) return leads_inside(url.host);
    }
    return Connection::open_first(*addresses, url.port, limits);
}

Result<Connection> Transport::connect_through_proxy(const Url& url,
                                                    const WaitLimits& limits) const {
    // Names are looked up by the proxy; an address in the URL can be judged here.
    if (!may_reach_private_hosts_ && is_address(url.host) && !is_public_address(url.host)) {
        return leads_inside(url.host);
    }
    Result<Connection> connection = open_named(proxy_->host, proxy_->port, limits);
    if (!connection) return Error{connection.error().code, "proxy: " + connection.error().text};
    if (!url.is_secure()) return connection;
    if (auto tunnel = open_tunnel(*connection, url); !tunnel) {
        return Error{tunnel.error().code, "proxy: " + tunnel.error().text};
    }
    return connection;
}

// RFC 9110 §9.3.6.
Result<void> Transport::open_tunnel(Connection& connection, const Url& url) const {
    const std::string host =
        url.host.find(':') == std::string::npos ? url.host : "[" + url.host + "]";
    const std::string target = host + ":" + std::to_string(url.port);
    const auto sent = connection.write("CONNECT " + target + " HTTP/1.1\r\nHost: " + target +
                                       "\r\n" + proxy_authorization_ + "\r\n");
    if (!sent) return sent.error();
    std::string rest;
    const auto head = read_head(connection, rest);
    if (!head) return head.error();
    if (head->status / 100 != 2) {
        return Error{ErrorCode::unreachable,
                     "it answered " + std::to_string(head->status) + " to CONNECT " + target};
    }
    if (!rest.empty()) return not_http("bytes before the tunnel was used");
    return {};
}

Result<Connection> Transport::connect(const Url& url, const WaitLimits& limits) {
    auto connection = stand_in_ ? open_named(stand_in_->host, stand_in_->port, limits)
                      : proxy_  ? connect_through_proxy(url, limits)
                                : connect_to_source(url, limits);
    if (!connection) return connection;
    const bool is_secure = stand_in_ ? stand_in_->is_secure() : url.is_secure();
    if (!is_secure) return connection;
    const std::string& checked_name = stand_in_ ? stand_in_->host : url.host;
    if (auto secured = connection->secure(tls_, url.host, checked_name); !secured) {
        return secured.error();
    }
    return connection;
}

std::string Transport::request_head(const Hop& hop) const {
    const bool names_whole_url = proxy_ && !stand_in_ && !hop.url.is_secure();
    std::string out = hop.method + " " + (names_whole_url ? hop.url.text() : hop.url.target) +
                      " HTTP/1.1\r\nHost: " + hop.url.authority() + "\r\n";
    if (names_whole_url) out += proxy_authorization_;
    for (const Header& header : hop.headers)
        out += header.name + ": " + header.value + "\r\n";
    if (!hop.body_type.empty()) out += "Content-Type: " + hop.body_type + "\r\n";
    if (hop.method == "POST") {
        out += "Content-Length: " + std::to_string(hop.body.size()) + "\r\n";
    }
    return out + "Accept-Encoding: gzip\r\nConnection: close\r\n\r\n";
}

Result<Reply> Transport::exchange(const Hop& hop, const WaitLimits& limits) {
    auto connection = connect(hop.url, limits);
    if (!connection) return connection.error();
    std::string request = request_head(hop);
    if (hop.method == "POST") request += hop.body;
    if (auto sent = connection->write(request); !sent) return sent.error();
    std::string rest;
    Result<ReplyHead> head = read_head(*connection, rest);
    if (!head) return head.error();
    Reply reply{*std::move(head), std::nullopt};
    if (reply.head.status < 200 || reply.head.status > 203) return reply;
    Result<Fetched> document =
        read_body(*connection, reply.head, rest, spool_folder_, hop.bytes_max);
    if (!document) return document.error();
    reply.document = *std::move(document);
    reply.document->url = hop.url.text();
    reply.document->media_type = reply.head.header("content-type");
    reply.document->etag = reply.head.header("etag");
    reply.document->last_modified = reply.head.header("last-modified");
    reply.document->link = reply.head.header("link");
    return reply;
}

}  // namespace recall::net
