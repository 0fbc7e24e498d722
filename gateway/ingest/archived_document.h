#pragma once
// Documents as the archive has them, for mapping them once more. What was read as one document
// though it came as several is archived as a list of them by hash; here it is those again. One
// thread.

#include <span>
#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/base/result.h"
#include "gateway/mapping/map_document.h"
#include "gateway/store/session.h"

namespace recall::ingest {

// Of the payload that lists the documents read as one.
inline constexpr std::string_view parts_media_type = "text/x-recallgw-parts";

std::string parts_text(std::span<const std::string> sha256s);

struct ArchivedDocument {
    std::vector<mapping::Part> parts;  // stamped with the hash asked for
    Instant fetched_at;
};

// Fails with not_found, or too_large when a document has more than bytes_max.
Result<ArchivedDocument> archived_document(store::Session& session, const std::string& sha256,
                                           long long bytes_max);

}  // namespace recall::ingest
