#pragma once
// Which of a mapping's forms a document has: told by its first bytes, inside a ZIP container also
// by the member's name. Pure but for the container's temporary file; one thread.

#include <functional>
#include <string_view>
#include <vector>

#include "gateway/base/byte_source.h"
#include "gateway/base/result.h"
#include "gateway/mapping/mapping_file.h"

namespace recall::mapping {

inline constexpr std::size_t document_peek_bytes = 64U << 10U;

// A document and the form that it is read by.
struct FormedDocument {
    const RecordForm* form = nullptr;
    ByteSource bytes;
};

// The document itself, or of a ZIP container the members that the mapping names. Fails with
// wrong_document, naming what came; of a container with truncated, bad_zip or limit, and only after
// all of what is read of it was seen to be whole.
Result<std::vector<FormedDocument>> formed_documents(const Mapping& mapping,
                                                     const ByteSource& source);

// Hands out the bytes that records are read from, however they are packed. Fails as above.
Result<void> read_content(const Mapping& mapping, const ByteSource& source,
                          const std::function<void(std::string_view)>& sink);

}  // namespace recall::mapping
