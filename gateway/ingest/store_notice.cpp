#include "gateway/ingest/store_notice.h"

#include "gateway/crypto/digest.h"
#include "gateway/json/notice_json.h"

namespace recall::ingest {

NoticeText text_of(const model::Notice& notice) {
    model::Notice content = notice;
    content.provenance.reset();
    return {json::write_notice(notice), crypto::sha256_hex(json::write_notice(content))};
}

store::NoticeOutcome store_notice(store::Session& session, const model::Notice& notice,
                                  const NoticeText& text, std::string_view raw_sha256,
                                  Instant now) {
    return store::Notices(session).upsert(
        {.notice = notice,
         .json = text.json,
         .content_hash = text.content_hash,
         .raw_sha256 = raw_sha256},
        [](std::string_view json) { return json::read_kept_notice(json); }, now);
}

}  // namespace recall::ingest
