// /api/v1/notices/{id}/reading: what helps a person to read a notice and is no part of it: its
// line in English and Chinese, and translations that a machine made.

#include "gateway/http/notice_reading.h"

#include "gateway/base/failure.h"
#include "gateway/json/notice_json.h"
#include "gateway/json/writer.h"
#include "gateway/store/notices.h"
#include "gateway/translate/wanted.h"

namespace recall::http {
namespace {

model::Notice read_stored(const store::StoredNotice& stored) {
    Result<model::Notice> notice =
        json::read_stored_notice(stored.json, stored.revision, stored.state);
    if (!notice) throw Failure(notice.error());
    return *std::move(notice);
}

Result<Reply> reading(Api& api, const Call& call) {
    const store::SessionLease session = api.database.lease();
    const auto stored = store::Notices(*session).get(call.part("id"));
    if (!stored) return Error{ErrorCode::not_found, "there is no notice of that id"};
    const model::Notice notice = read_stored(*stored);
    json::Writer out;
    out.begin_object().member("id", notice.id).member("revision", notice.revision);
    out.key("lines");
    write_lines(out, api, notice);
    out.key("translations").begin_array();
    for (const translate::Reading& one : translate::readings(*session, notice)) {
        out.begin_object().member("place", one.place);
        if (!one.from.empty()) out.member("from", one.from);
        out.member("lang", one.lang)
            .member("text", one.text)
            .member("made_by", "machine")
            .member("made_at", one.made_at)
            .end_object();
    }
    out.end_array().end_object();
    Reply reply;
    reply.body = std::move(out).text();
    return reply;
}

}  // namespace

void write_lines(json::Writer& out, const Api& api, const model::Notice& notice) {
    out.begin_object().member("id", notice.id);
    if (api.summary_lines) {
        for (const model::Text& line : api.summary_lines(notice))
            out.member(line.lang, line.text);
    }
    out.end_object();
}

void add_reading_routes(Router& router, Api& api) {
    router.add({"GET", "/api/v1/notices/{id}/reading", Access::key,
                [&api](const Call& call) { return reading(api, call); }});
}

}  // namespace recall::http
