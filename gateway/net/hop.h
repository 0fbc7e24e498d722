#pragma once
// One request on the way to a document: the first as the caller wants it, the next as a redirect
// wants it. Pure; any thread. Fails with bad_value for what must not be sent, with redirect for a
// redirect that is not followed.

#include <string>
#include <vector>

#include "gateway/net/fetch.h"
#include "gateway/net/reply_head.h"

namespace recall::net {

struct Hop {
    Url url;
    std::string home;  // the host that the caller asked for
    std::string method;
    std::vector<Header> headers;  // checked; those of the connection and of the body come on top
    std::string body;
    std::string body_type;
    std::size_t bytes_max = 0;
    bool is_conditional = false;
};

Result<Hop> first_hop(const FetchRequest& request, const std::string& agent);

bool is_redirect(int status);

// Only to the request's own host and to `hosts`, and never from https to http. Away from the host
// that they were meant for, headers that may carry a key stay behind.
Result<Hop> next_hop(const Hop& hop, const ReplyHead& reply, const std::vector<std::string>& hosts);

// A URL reference as it stands in a Location header, made absolute (RFC 3986 §5.2).
Result<Url> resolve_reference(const Url& base, std::string_view reference);

}  // namespace recall::net
