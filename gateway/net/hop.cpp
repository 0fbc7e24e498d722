#include "gateway/net/hop.h"

#include <algorithm>
#include <array>
#include <span>

namespace recall::net {
namespace {

// Written by us alone: a second one would be read differently by different servers.
constexpr std::array<std::string_view, 10> own_headers = {
    "host",         "connection",       "content-length",      "transfer-encoding",
    "content-type", "accept-encoding",  "proxy-authorization", "if-none-match",
    "expect",       "if-modified-since"};

// What may be told to any host. All others may be a key.
constexpr std::array<std::string_view, 5> open_headers = {"user-agent", "accept", "accept-language",
                                                          "if-none-match", "if-modified-since"};

bool is_one_of(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::find(names, lower_ascii(name)) != names.end();
}

bool has(const std::vector<Header>& headers, std::string_view name) {
    return std::ranges::any_of(
        headers, [name](const Header& header) { return lower_ascii(header.name) == name; });
}

// RFC 3986 §5.2.4, for a path that begins with '/'.
std::string without_dot_segments(std::string_view path) {
    std::vector<std::string_view> segments;
    bool ends_in_folder = false;
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::string_view segment = path.substr(0, path.find('/'));
        path.remove_prefix(segment.size());
        ends_in_folder = segment == "." || segment == "..";
        if (segment == ".." && !segments.empty()) segments.pop_back();
        if (!ends_in_folder) segments.push_back(segment);
    }
    std::string out;
    for (const std::string_view segment : segments)
        (out += '/') += segment;
    if (ends_in_folder || out.empty()) out += '/';
    return out;
}

std::string resolved_target(const Url& base, std::string_view reference) {
    const std::string_view base_path =
        std::string_view(base.target).substr(0, base.target.find('?'));
    const std::size_t query_at = std::min(reference.find('?'), reference.size());
    const std::string_view path = reference.substr(0, query_at);
    const std::string query(reference.substr(query_at));
    if (path.empty()) return std::string(base_path) + (query.empty() ? "" : query);
    if (path.front() == '/') return without_dot_segments(path) + query;
    const std::string folder(base_path.substr(0, base_path.rfind('/') + 1));
    return without_dot_segments(folder + std::string(path)) + query;
}

}  // namespace

Result<Hop> first_hop(const FetchRequest& request, const std::string& agent) {
    if (request.method != "GET" && request.method != "POST") {
        return Error{ErrorCode::bad_value, "method " + request.method + ": GET or POST"};
    }
    const Result<Url> url = parse_url(request.url);
    if (!url) return url.error();
    Hop hop{.url = *url,
            .home = url->host,
            .method = request.method,
            .headers = {},
            .body = request.body,
            .body_type = request.body_type,
            .bytes_max = request.bytes_max,
            .is_conditional = !request.etag.empty() || !request.last_modified.empty()};
    for (const Header& header : request.headers) {
        if (is_one_of(own_headers, header.name)) {
            return Error{ErrorCode::bad_value, "header " + header.name + " is set by the fetcher"};
        }
        hop.headers.push_back(header);
    }
    if (!has(hop.headers, "user-agent")) hop.headers.push_back({"User-Agent", agent});
    if (!has(hop.headers, "accept")) hop.headers.push_back({"Accept", "*/*"});
    if (!request.etag.empty()) hop.headers.push_back({"If-None-Match", request.etag});
    if (!request.last_modified.empty()) {
        hop.headers.push_back({"If-Modified-Since", request.last_modified});
    }
    for (const Header& header : hop.headers) {
        if (auto good = check_header(header.name, header.value); !good) return good.error();
    }
    if (auto good = check_header("Content-Type", hop.body_type); !good) return good.error();
    return hop;
}

bool is_redirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

Result<Url> resolve_reference(const Url& base, std::string_view reference) {
    reference = reference.substr(0, reference.find('#'));
    if (reference.starts_with("//")) return parse_url(base.scheme + ":" + std::string(reference));
    const std::size_t colon = reference.find(':');
    if (colon < reference.find_first_of("/?")) return parse_url(reference);
    return parse_url(base.scheme + "://" + base.authority() + resolved_target(base, reference));
}

Result<Hop> next_hop(const Hop& hop, const ReplyHead& reply,
                     const std::vector<std::string>& hosts) {
    const Result<Url> url = resolve_reference(hop.url, reply.header("location"));
    if (reply.count("location") != 1 || !url) {
        return Error{ErrorCode::redirect, "a redirect to nowhere: Location is missing or no URL"};
    }
    if (hop.url.is_secure() && !url->is_secure()) {
        return Error{ErrorCode::redirect, "a redirect from https to http: " + url->host};
    }
    const bool is_home = url->host == hop.home;
    if (!is_home && std::ranges::find(hosts, url->host) == hosts.end()) {
        return Error{ErrorCode::redirect,
                     "a redirect to " + url->host + ", which is not one of the source's hosts"};
    }
    Hop next = hop;
    next.url = *url;
    if (reply.status <= 303 && hop.method == "POST") {  // RFC 9110 §15.4: what browsers do
        next.method = "GET";
        next.body.clear();
        next.body_type.clear();
    }
    if (!is_home) {
        std::erase_if(next.headers,
                      [](const Header& h) { return !is_one_of(open_headers, h.name); });
    }
    return next;
}

}  // namespace recall::net
