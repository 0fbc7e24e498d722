#pragma once
// The address of the page after a page, where the page itself names it: in the Link header
// (RFC 8288) or in a member of a JSON document. Empty when the page is the last. Fails with
// bad_json when the document cannot be read. Any thread.

#include <string>
#include <string_view>

#include "gateway/base/result.h"
#include "gateway/ingest/source.h"

namespace recall::ingest {

// The target of the first link whose rel is "next"; empty when there is none.
std::string next_link(std::string_view link_header);

// As the list of the document says; an absolute or a relative address, as it came.
Result<std::string> next_page(const Wanted& wanted, const net::Fetched& fetched);

}  // namespace recall::ingest
