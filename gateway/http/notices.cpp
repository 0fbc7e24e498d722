// /api/v1/notices: the list with its filters, one notice, its revisions, its raw bytes.

#include <array>

#include "gateway/base/date.h"
#include "gateway/base/failure.h"
#include "gateway/http/api.h"
#include "gateway/http/conditional.h"
#include "gateway/http/list_reply.h"
#include "gateway/http/notice_reading.h"
#include "gateway/http/parameters.h"
#include "gateway/json/notice_json.h"
#include "gateway/json/writer.h"
#include "gateway/store/notices.h"
#include "gateway/store/raw_archive.h"

namespace recall::http {
namespace {

constexpr long long raw_bytes_max = 64LL << 20U;
constexpr std::array<std::string_view, 12> parameters = {
    "source",         "jurisdiction", "kind", "hazard",        "risk",  "state",
    "published_from", "published_to", "q",    "updated_since", "limit", "cursor"};

Result<void> read_date(std::string_view text, std::optional<Date>& date) {
    if (text.empty()) return {};
    const Result<Date> read = parse_date(text);
    if (!read) return Error{ErrorCode::usage, read.error().text};
    date = *read;
    return {};
}

Result<store::NoticeFilter> read_filter(const Request& request) {
    store::NoticeFilter filter;
    filter.source = request.parameter("source");
    filter.jurisdiction = request.parameter("jurisdiction");
    filter.kind = request.parameter("kind");
    filter.hazard = request.parameter("hazard");
    filter.risk_level = request.parameter("risk");
    filter.state = request.parameter("state");
    filter.text = request.parameter("q");
    if (auto done = read_date(request.parameter("published_from"), filter.published_from); !done) {
        return done.error();
    }
    if (auto done = read_date(request.parameter("published_to"), filter.published_to); !done) {
        return done.error();
    }
    if (const auto since = request.parameter("updated_since"); !since.empty()) {
        const Result<Instant> instant = parse_instant(since);
        if (!instant) return Error{ErrorCode::usage, instant.error().text};
        filter.updated_since = *instant;
    }
    return filter;
}

model::Notice read_stored(std::string_view stored, long long revision, std::string_view state) {
    Result<model::Notice> notice = json::read_stored_notice(stored, revision, state);
    if (!notice) throw Failure(notice.error());
    return *std::move(notice);
}

std::string told(std::string_view stored, long long revision, std::string_view state) {
    return json::write_notice(read_stored(stored, revision, state));
}

Result<Reply> list(Api& api, const Call& call) {
    if (auto known = check_parameters(call.request, parameters); !known) return known.error();
    const Result<std::size_t> rows = read_limit(call.request);
    if (!rows) return rows.error();
    const Result<store::NoticeFilter> filter = read_filter(call.request);
    if (!filter) return filter.error();
    const auto order =
        filter->updated_since ? store::NoticeOrder::changes : store::NoticeOrder::newest;
    const store::SessionLease session = api.database.lease();
    const auto page =
        store::Notices(*session).list(*filter, order, call.request.parameter("cursor"), *rows);
    if (!page) return page.error();
    json::Writer lines;
    lines.begin_array();
    return list_reply(
        "notices", *page,
        [&](json::Writer& out, const store::StoredNotice& stored) {
            const model::Notice notice = read_stored(stored.json, stored.revision, stored.state);
            json::write_notice(out, notice);
            write_lines(lines, api, notice);
        },
        [&](json::Writer& out) { out.key("lines").raw(lines.end_array().text()); });
}

Error unknown_notice() { return {ErrorCode::not_found, "there is no notice of that id"}; }

Result<Reply> one(Api& api, const Call& call) {
    const store::SessionLease session = api.database.lease();
    const auto notice = store::Notices(*session).get(call.part("id"));
    if (!notice) return unknown_notice();
    const std::string etag =
        "\"" + std::to_string(notice->revision) + "-" + notice->content_hash.substr(0, 16) + "\"";
    Reply reply;
    reply.body = told(notice->json, notice->revision, notice->state);
    return tagged(call.request, std::move(reply), etag);
}

Result<Reply> revisions(Api& api, const Call& call) {
    const store::SessionLease session = api.database.lease();
    store::Notices notices(*session);
    const std::vector<store::NoticeRevision> found = notices.revisions(call.part("id"));
    if (found.empty()) return unknown_notice();
    json::Writer out;
    out.begin_object().key("revisions").begin_array();
    for (const store::NoticeRevision& revision : found) {
        out.begin_object()
            .member("revision", revision.revision)
            .member("change", spelling(revision.change))
            .member("stored_at", revision.stored_at)
            .member("raw_sha256", revision.raw_sha256)
            .key("differences")
            .begin_array();
        for (const model::FieldDifference& difference : revision.differences) {
            out.begin_object()
                .member("path", difference.path)
                .member("before", difference.before)
                .member("after", difference.after)
                .end_object();
        }
        out.end_array()
            .key("notice")
            .raw(told(revision.json, revision.revision, spelling(revision.change)))
            .end_object();
    }
    out.end_array().end_object();
    Reply reply;
    reply.body = std::move(out).text();
    return reply;
}

// Bytes from outside: given as they came, but never so that a browser would run them.
Result<Reply> raw(Api& api, const Call& call) {
    const store::SessionLease session = api.database.lease();
    const auto notice = store::Notices(*session).get(call.part("id"));
    if (!notice) return unknown_notice();
    store::RawArchive archive(*session);
    const auto payload = archive.find(notice->raw_sha256);
    if (!payload) return Error{ErrorCode::not_found, "the raw bytes are not in the archive"};
    Result<std::string> bytes = archive.get(notice->raw_sha256, raw_bytes_max);
    if (!bytes) return bytes.error();
    Reply reply;
    reply.media_type =
        payload->media_type.empty() ? "application/octet-stream" : payload->media_type;
    reply.headers = {{"Content-Disposition", "attachment; filename=\"raw\""},
                     {"ETag", "\"" + notice->raw_sha256 + "\""},
                     {"Content-Security-Policy", "sandbox; default-src 'none'"}};
    reply.body = std::move(*bytes);
    return reply;
}

}  // namespace

void add_notice_routes(Router& router, Api& api) {
    const auto add = [&](const char* pattern, Result<Reply> (*handler)(Api&, const Call&)) {
        router.add({"GET", pattern, Access::key,
                    [&api, handler](const Call& call) { return handler(api, call); }});
    };
    add("/api/v1/notices", list);
    add("/api/v1/notices/{id}", one);
    add("/api/v1/notices/{id}/revisions", revisions);
    add("/api/v1/notices/{id}/raw", raw);
}

}  // namespace recall::http
