#include "gateway/exchange/received_notice.h"

#include "gateway/crypto/digest.h"
#include "gateway/exchange/distribution.h"
#include "gateway/json/notice_json.h"
#include "gateway/store/notices.h"
#include "gateway/store/raw_archive.h"

namespace recall::exchange {
namespace {

bool is_from_elsewhere(const store::StoredNotice& stored, const std::string& source) {
    const Result<model::Notice> notice = json::read_kept_notice(stored.json);
    return !notice || notice->source != source;
}

}  // namespace

Result<void> store_notice(store::Session& session, const Received& received) {
    model::Notice notice = std::get<model::Notice>(received.message.payload);
    notice.source = source_of_partner(received.partner.id);
    notice.revision = 0;  // ours is counted by the store
    store::Notices notices(session);
    const auto before = notices.get(notice.id);
    if (before && is_from_elsewhere(*before, notice.source)) return {};
    const std::string raw_sha256 = crypto::sha256_hex(received.bytes);
    store::RawArchive(session).put(
        {.sha256 = raw_sha256,
         .media_type = std::string(received.media_type),
         .url = "urn:recallgw:message:" + received.partner.id + ":" + received.message.id,
         .fetched_at = received.now},
        received.bytes);
    model::Notice content = notice;
    content.provenance.reset();
    const std::string json = json::write_notice(notice);
    const std::string content_hash = crypto::sha256_hex(json::write_notice(content));
    notices.upsert(
        {.notice = notice, .json = json, .content_hash = content_hash, .raw_sha256 = raw_sha256},
        [](std::string_view text) { return json::read_kept_notice(text); }, received.now);
    return {};
}

}  // namespace recall::exchange
