#pragma once
// The head of an HTTP/1 reply, read strictly (RFC 9112): what could be read in two ways is refused,
// because the next program on the line may read it the other way. Pure; any thread. Fails with
// wrong_document.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/net/outgoing.h"

namespace recall::net {

inline constexpr std::size_t reply_head_bytes_max = 64U << 10U;
inline constexpr std::size_t reply_headers_max = 200;

// How the end of a body is known.
enum class Framing { none, length, chunked, close };

struct ReplyHead {
    int status = 0;
    bool is_http_1_0 = false;
    std::vector<Header> headers;  // names in lower case
    Framing framing = Framing::none;
    std::uint64_t length = 0;  // with Framing::length

    // The first of that name (lower case); empty when there is none.
    std::string_view header(std::string_view name) const;
    std::size_t count(std::string_view name) const;
    bool keeps_alive() const;
};

// `text` is everything up to and without the empty line. The reply is to a GET or POST.
Result<ReplyHead> parse_reply_head(std::string_view text);

// Where the head ends in what has come so far, the empty line included.
std::optional<std::size_t> reply_head_end(std::string_view bytes);

std::string lower_ascii(std::string_view text);

// "the answer is not HTTP as we take it: …"
Error not_http(std::string_view why);

}  // namespace recall::net
