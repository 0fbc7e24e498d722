#pragma once
// A notice into the store, the one way it goes there: canonical JSON, and a content hash that
// leaves out provenance, so that only what the authority says makes a new revision. Inside a
// WriteTransaction; one thread. Throws Failure(database).

#include <string>
#include <string_view>

#include "gateway/base/clock.h"
#include "gateway/model/notice.h"
#include "gateway/store/notices.h"

namespace recall::ingest {

// What is stored of a notice, made before the transaction begins.
struct NoticeText {
    std::string json;
    std::string content_hash;  // SHA-256 of the JSON without provenance
};

NoticeText text_of(const model::Notice& notice);

store::NoticeOutcome store_notice(store::Session& session, const model::Notice& notice,
                                  const NoticeText& text, std::string_view raw_sha256, Instant now);

}  // namespace recall::ingest
