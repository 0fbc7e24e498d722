#pragma once
// What may go out: a URL, a header and an address are checked before anything is sent, because POCO
// sends CR and LF as they come and connects to any address. Pure; any thread. Fails with bad_value
// for what is not well formed, with forbidden for what is but may not be asked for.

#include <string>
#include <string_view>

#include "gateway/base/result.h"

namespace recall::net {

inline constexpr std::size_t url_bytes_max = 8192;
inline constexpr std::size_t header_value_bytes_max = 8192;

struct Header {
    std::string name;
    std::string value;
};

// An absolute http or https URL in its parts. No user name, no fragment.
struct Url {
    std::string scheme;
    std::string host;    // lower case; an IPv6 address without its brackets
    unsigned port = 0;   // that of the scheme when none was written
    std::string target;  // path and query as sent, beginning with '/'

    bool is_secure() const { return scheme == "https"; }
    std::string text() const;
    // Host and port as a Host header has them: without the scheme's own port.
    std::string authority() const;
};

Result<Url> parse_url(std::string_view text);

// A field name is a token; a value has no control character but the tab (RFC 9110 §5.5, §5.6.2).
Result<void> check_header(std::string_view name, std::string_view value);

bool is_address(std::string_view host);

// False for loopback, private, link-local, multicast, unspecified and reserved addresses, for those
// mapped into IPv6 too, and for what is not an address.
bool is_public_address(std::string_view address);

}  // namespace recall::net
