#pragma once
// Whether a document is what its source's rules say, before anything of it is believed: sources
// answer 200 with an HTML page when they mean no. That JSON and XML are whole is their parsers'
// business; of HTML, which parses however it ends, it is ours. Pure; any thread.

#include <string_view>

#include "gateway/base/byte_source.h"
#include "gateway/base/result.h"
#include "gateway/mapping/fetch_plan.h"

namespace recall::ingest {

inline constexpr std::size_t document_head_bytes = 4096;

// `media_type` is the Content-Type as received, `head` the first document_head_bytes. Fails with
// wrong_document, naming what came instead.
Result<void> check_document(const mapping::DocumentRules& rules, std::string_view media_type,
                            std::string_view head);

// Whether the transfer proves that the document is whole.
enum class Ending { proven, unproven };

// The whole document once through: the marker stands somewhere, and a page that begins with <html,
// or whose ending is unproven, ends with </html. Fails with wrong_document or truncated.
Result<void> check_content(const mapping::DocumentRules& rules, const ByteSource& source,
                           Ending ending);

}  // namespace recall::ingest
