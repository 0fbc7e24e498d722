// /api/v1/notices/{id}/pictures: how a notice's pictures stand, asking for them, and thumbnails.
// Nothing is fetched because somebody looks; only people of the recall centre may ask.

#include <algorithm>

#include "gateway/base/failure.h"
#include "gateway/http/api.h"
#include "gateway/http/conditional.h"
#include "gateway/http/write_once.h"
#include "gateway/json/notice_json.h"
#include "gateway/json/writer.h"
#include "gateway/pictures/wanted.h"
#include "gateway/store/notices.h"
#include "gateway/store/raw_archive.h"

namespace recall::http {
namespace {

constexpr long long thumbnail_bytes_max = 1LL << 20U;

Result<model::Notice> read_notice(store::Session& session, const Call& call) {
    const auto stored = store::Notices(session).get(call.part("id"));
    if (!stored) return Error{ErrorCode::not_found, "there is no notice of that id"};
    Result<model::Notice> notice = json::read_kept_notice(stored->json);
    if (!notice) throw Failure(notice.error());
    return notice;
}

Reply pictures_reply(store::Session& session, const model::Notice& notice) {
    json::Writer out;
    out.begin_object().member("notice", notice.id).key("pictures");
    pictures::write_pictures(out, session, notice);
    out.end_object();
    Reply reply;
    reply.body = std::move(out).text();
    return reply;
}

Result<Reply> list(Api& api, const Call& call) {
    const store::SessionLease session = api.database.lease();
    const Result<model::Notice> notice = read_notice(*session, call);
    if (!notice) return notice.error();
    Reply reply = pictures_reply(*session, *notice);
    const std::string tag = entity_tag(reply.body);
    return tagged(call.request, std::move(reply), tag);
}

Result<Reply> ask(Api& api, const Call& call) {
    if (!call.is_staff())
        return Error{ErrorCode::forbidden, "only the recall centre asks for pictures"};
    Result<Reply> reply =
        write_once(api, call, [&](store::Session& session, Instant now) -> Result<Reply> {
            const Result<model::Notice> notice = read_notice(session, call);
            if (!notice) return notice.error();
            const auto wanted =
                pictures::want_pictures(session, *notice, pictures::AskedBy::person, now);
            if (!wanted) return wanted.error();
            Reply accepted = pictures_reply(session, *notice);
            accepted.status = 202;
            return accepted;
        });
    if (reply && api.pictures_wanted) api.pictures_wanted();
    return reply;
}

// A thumbnail never changes: what a picture's URL showed when it was fetched.
Result<Reply> thumbnail(Api& api, const Call& call) {
    const store::SessionLease session = api.database.lease();
    const Result<model::Notice> notice = read_notice(*session, call);
    if (!notice) return notice.error();
    const auto is_asked_for = [&](const model::Image& image) {
        return pictures::picture_id(image.url) == call.part("picture");
    };
    const auto picture = store::Pictures(*session).get(call.part("picture"));
    if (!std::ranges::any_of(pictures::pictures_of(*notice), is_asked_for) || !picture ||
        picture->thumbnail.empty())
        return Error{ErrorCode::not_found, "the notice has no such picture, or it is not stored"};
    Result<std::string> bytes =
        store::RawArchive(*session).get(picture->thumbnail, thumbnail_bytes_max);
    if (!bytes) return bytes.error();
    Reply reply;
    reply.media_type = "image/jpeg";
    reply.headers = {{"Cache-Control", "private, max-age=86400"},
                     {"Content-Security-Policy", "sandbox; default-src 'none'"}};
    reply.body = std::move(*bytes);
    return tagged(call.request, std::move(reply), "\"" + picture->thumbnail + "\"");
}

}  // namespace

void add_picture_routes(Router& router, Api& api) {
    router.add({"GET", "/api/v1/notices/{id}/pictures", Access::key,
                [&api](const Call& call) { return list(api, call); }});
    router.add({"POST", "/api/v1/notices/{id}/pictures", Access::key,
                [&api](const Call& call) { return ask(api, call); }});
    router.add({"GET", "/api/v1/notices/{id}/pictures/{picture}/thumbnail", Access::key,
                [&api](const Call& call) { return thumbnail(api, call); }});
}

}  // namespace recall::http
