#pragma once
// Reads one reply off a connection: its head, then its body, unchunked and decompressed, into a
// spool. What is not whole by its own framing is an error. One thread. Fails with truncated,
// too_large, wrong_document, or as the connection does.

#include <string>

#include "gateway/net/connection.h"
#include "gateway/net/fetch.h"
#include "gateway/net/reply_head.h"

namespace recall::net {

inline constexpr int interim_replies_max = 8;  // such as 100 Continue; they are skipped

// `rest` receives what came after the head.
Result<ReplyHead> read_head(Connection& connection, std::string& rest);

// Fills in the body's part of a Fetched.
Result<Fetched> read_body(Connection& connection, const ReplyHead& head, std::string_view rest,
                          const std::string& spool_folder, std::size_t bytes_max);

}  // namespace recall::net
