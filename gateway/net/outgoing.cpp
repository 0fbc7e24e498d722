#include "gateway/net/outgoing.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace recall::net {
namespace {

struct Range {
    std::uint32_t first;
    unsigned bits;
};

// IANA's special-purpose registry of IPv4, and multicast.
constexpr std::array<Range, 15> special_ranges = {{{0x00000000, 8},
                                                   {0x0A000000, 8},
                                                   {0x64400000, 10},
                                                   {0x7F000000, 8},
                                                   {0xA9FE0000, 16},
                                                   {0xAC100000, 12},
                                                   {0xC0000000, 24},
                                                   {0xC0000200, 24},
                                                   {0xC0586300, 24},
                                                   {0xC0A80000, 16},
                                                   {0xC6120000, 15},
                                                   {0xC6336400, 24},
                                                   {0xCB007100, 24},
                                                   {0xE0000000, 4},
                                                   {0xF0000000, 4}}};

bool is_public_v4(std::uint32_t address) {
    return std::ranges::none_of(special_ranges, [address](const Range& range) {
        return (address ^ range.first) >> (32 - range.bits) == 0;
    });
}

bool is_token_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_host_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

Error bad_url(std::string_view why) { return {ErrorCode::bad_value, "URL: " + std::string(why)}; }

Result<void> read_authority(std::string_view authority, Url& url) {
    if (authority.find('@') != std::string_view::npos) return bad_url("a user name is refused");
    std::string_view port;
    if (!authority.empty() && authority.front() == '[') {
        const std::size_t end = authority.find(']');
        if (end == std::string_view::npos) return bad_url("no ']' after an IPv6 address");
        url.host = authority.substr(1, end - 1);
        in6_addr address{};
        if (inet_pton(AF_INET6, url.host.c_str(), &address) != 1) return bad_url("not an address");
        authority.remove_prefix(end + 1);
        if (!authority.empty() && authority.front() != ':') return bad_url("text after ']'");
        port = authority.substr(std::min<std::size_t>(1, authority.size()));
    } else {
        const std::size_t colon = authority.find(':');
        url.host = authority.substr(0, colon);
        if (colon != std::string_view::npos) port = authority.substr(colon + 1);
        std::ranges::transform(url.host, url.host.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
        if (url.host.empty() || !std::ranges::all_of(url.host, is_host_character)) {
            return bad_url("the host is not a name or address");
        }
    }
    url.port = url.is_secure() ? 443 : 80;
    if (!port.empty()) {
        const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), url.port);
        if (error != std::errc() || end != port.data() + port.size() || url.port == 0 ||
            url.port > 65535) {
            return bad_url("the port is not a number from 1 to 65535");
        }
    }
    return {};
}

}  // namespace

std::string Url::authority() const {
    const bool is_v6 = host.find(':') != std::string::npos;
    std::string out = is_v6 ? "[" + host + "]" : host;
    if (port != (is_secure() ? 443U : 80U)) out += ":" + std::to_string(port);
    return out;
}

std::string Url::text() const { return scheme + "://" + authority() + target; }

Result<Url> parse_url(std::string_view text) {
    if (text.size() > url_bytes_max) return bad_url("longer than url_bytes_max");
    // Blanks and letters beyond ASCII must come percent-encoded: sent as they are, servers read
    // them differently, and CR or LF would begin another header.
    const auto is_bad = [](char c) { return c <= 0x20 || c >= 0x7F || c == '\\' || c == '"'; };
    if (std::ranges::any_of(text, is_bad)) return bad_url("a character that must be encoded");
    Url url;
    for (const std::string_view scheme : {"https", "http"}) {
        if (text.substr(0, scheme.size()) == scheme && text.substr(scheme.size(), 3) == "://") {
            url.scheme = scheme;
            break;
        }
    }
    if (url.scheme.empty()) return bad_url("neither http:// nor https://");
    text.remove_prefix(url.scheme.size() + 3);
    text = text.substr(0, text.find('#'));
    const std::size_t end = std::min(text.find_first_of("/?"), text.size());
    if (const auto read = read_authority(text.substr(0, end), url); !read) return read.error();
    url.target = text.substr(end);
    if (url.target.empty() || url.target.front() == '?') url.target.insert(0, "/");
    return url;
}

Result<void> check_header(std::string_view name, std::string_view value) {
    if (name.empty() || !std::ranges::all_of(name, is_token_character)) {
        return Error{ErrorCode::bad_value, "a header's name is not a token"};
    }
    const auto is_bad = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t') || byte == 0x7F;
    };
    if (value.size() > header_value_bytes_max || std::ranges::any_of(value, is_bad)) {
        return Error{ErrorCode::bad_value,
                     "header " + std::string(name) + ": a control character or too long"};
    }
    return {};
}

bool is_address(std::string_view host) {
    const std::string text(host);
    in6_addr out{};
    return inet_pton(AF_INET, text.c_str(), &out) == 1 ||
           inet_pton(AF_INET6, text.c_str(), &out) == 1;
}

bool is_public_address(std::string_view address) {
    const std::string text(address);
    in_addr v4{};
    if (inet_pton(AF_INET, text.c_str(), &v4) == 1) return is_public_v4(ntohl(v4.s_addr));
    in6_addr v6{};
    if (inet_pton(AF_INET6, text.c_str(), &v6) != 1) return false;
    const unsigned char* bytes = v6.s6_addr;
    const auto last_four = [bytes](std::size_t at) {
        return std::uint32_t(bytes[at]) << 24U | std::uint32_t(bytes[at + 1]) << 16U |
               std::uint32_t(bytes[at + 2]) << 8U | std::uint32_t(bytes[at + 3]);
    };
    if (IN6_IS_ADDR_V4MAPPED(&v6)) return is_public_v4(last_four(12));
    // Only 2000::/3 is given out; of it, 6to4 carries an IPv4 address, 2001:db8::/32 is for books.
    if ((bytes[0] & 0xE0U) != 0x20U) return false;
    if (bytes[0] == 0x20 && bytes[1] == 0x02) return is_public_v4(last_four(2));
    return last_four(0) != 0x20010DB8U;
}

}  // namespace recall::net
