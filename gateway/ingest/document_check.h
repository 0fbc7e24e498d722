#pragma once
// Whether a document is what its source's rules say, before anything of it is believed: sources
// answer 200 with an HTML page when they mean no. Looks at the media type and the first bytes only;
// that the rest is whole is the parser's business. Pure; any thread.

#include <string_view>

#include "gateway/base/result.h"
#include "gateway/mapping/fetch_plan.h"

namespace recall::ingest {

inline constexpr std::size_t document_head_bytes = 4096;

// `media_type` is the Content-Type as received, `head` the first document_head_bytes. Fails with
// wrong_document, naming what came instead.
Result<void> check_document(const mapping::DocumentRules& rules, std::string_view media_type,
                            std::string_view head);

}  // namespace recall::ingest
