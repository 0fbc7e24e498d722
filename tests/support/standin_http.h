#pragma once
// HTTP/1.1 as the stand-in reads and writes it. Pure; any thread. What is malformed is a request
// without a method, which no site knows.

#include <cstddef>
#include <string>
#include <string_view>

#include "tests/support/standin_sites.h"

namespace recall::test {

// The request line and the header fields.
SiteRequest parsed_head(std::string_view head);

// Content-Length; 0 when there is none.
std::size_t body_bytes(const SiteRequest& request);

// The status line and the header fields, the empty line included.
std::string head_of(const SiteReply& reply);

std::string gzipped(const std::string& body);

}  // namespace recall::test
