#pragma once
// What a plan says of a document, in the fetcher's terms; and whether what the fetcher brought is
// what the plan expects. Any thread. Reading a body throws Failure(io).

#include <string>

#include "gateway/ingest/source.h"
#include "gateway/net/fetch.h"

namespace recall::ingest {

// What a mapping file says of manners, for the fetcher.
net::Manners manners_of(const mapping::FetchPlan& plan);

// The request for a document, without validators.
net::FetchRequest request_of(const mapping::FetchPlan& plan, const Wanted& wanted);

const DocumentRules& rules_of(const Wanted& wanted);

// Whether a body is what the rules say: its type, its beginning, its marker, its end.
Result<void> check_fetched(const DocumentRules& rules, const net::Fetched& fetched);

std::string read_body(const net::Fetched& fetched);

}  // namespace recall::ingest
