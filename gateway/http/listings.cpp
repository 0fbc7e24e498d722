// /api/v1/listings: many at once in, one out, one away. A platform's key is for its own only.

#include "gateway/store/listings.h"
#include "gateway/cases/match_store.h"
#include "gateway/catalogue/intake.h"
#include "gateway/http/api.h"
#include "gateway/http/conditional.h"
#include "gateway/http/parameters.h"
#include "gateway/http/problem.h"
#include "gateway/http/write_once.h"
#include "gateway/json/record_reader.h"
#include "gateway/json/writer.h"

namespace recall::http {
namespace {

constexpr std::size_t rows_a_request_max = 10'000;
constexpr std::array<std::string_view, 1> parameters = {"platform"};

using catalogue::Judged;

// "application/json; charset=utf-8" → "application/json"
std::string_view media_type(const Request& request) {
    const std::string_view header = request.header("Content-Type");
    const std::string_view type = header.substr(0, header.find(';'));
    return type.substr(0, type.find_last_not_of(" \t") + 1);
}

Result<void> add_row(std::vector<Judged>& rows, Judged row) {
    if (rows.size() == rows_a_request_max) {
        return {ErrorCode::limit, "a request has at most 10,000 listings"};
    }
    rows.push_back(std::move(row));
    return {};
}

Result<std::vector<Judged>> read_lines(std::string_view body, const catalogue::Expected& expected) {
    std::vector<Judged> rows;
    while (!body.empty()) {
        const std::size_t end = std::min(body.find('\n'), body.size());
        const std::string_view line = body.substr(0, end);
        body.remove_prefix(std::min(end + 1, body.size()));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        if (auto added = add_row(rows, catalogue::judge_json(line, expected)); !added) {
            return added.error();
        }
    }
    return rows;
}

// An array of listings, or one.
Result<std::vector<Judged>> read_json(std::string_view body, const catalogue::Expected& expected) {
    std::vector<Judged> rows;
    Result<void> fits;
    const auto add = [&](Judged row) {
        if (fits) fits = add_row(rows, std::move(row));
    };
    const Result<void> read =
        json::read_records(bytes_source(body), {}, {},
                           {[&](const xml::Document&, std::string_view bytes) {
                                add(catalogue::judge_json(bytes, expected));
                            },
                            [&](std::string_view, const Error& error, const std::string&) {
                                add(catalogue::refused("", error));
                            }});
    if (!fits) return fits.error();
    if (!read) return Error{ErrorCode::bad_json, read.error().text};
    return rows;
}

Result<std::vector<Judged>> read_body(const Call& call) {
    if (auto known = check_parameters(call.request, parameters); !known) return known.error();
    catalogue::Expected expected;
    expected.platform = call.request.parameter("platform");
    if (auto own = call.check_platform(expected.platform); !own) return own.error();
    if (call.role == "platform") expected.platform = call.platform;
    const std::string_view type = media_type(call.request);
    if (equal_ignoring_case(type, "application/json"))
        return read_json(call.request.body, expected);
    if (equal_ignoring_case(type, "application/x-ndjson")) {
        return read_lines(call.request.body, expected);
    }
    return Error{ErrorCode::media_type, "send application/json or application/x-ndjson"};
}

void write_findings(json::Writer& out, const std::vector<Judged>& rows) {
    out.key("rows").begin_array();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].findings.empty()) continue;
        out.begin_object().member("index", static_cast<long long>(i));
        if (!rows[i].id.empty()) out.member("id", rows[i].id);
        out.member("stored", rows[i].listing.has_value()).key("findings").begin_array();
        for (const catalogue::Finding& finding : rows[i].findings) {
            out.begin_object();
            if (!finding.member.empty()) out.member("field", finding.member);
            out.member("code", spelling(finding.code)).member("reason", finding.reason);
            out.end_object();
        }
        out.end_array().end_object();
    }
    out.end_array();
}

Reply report(const Call& call, const catalogue::Counts& counts, const std::vector<Judged>& rows) {
    json::Writer out;
    out.begin_object().member("created", counts.created).member("changed", counts.changed);
    out.member("unchanged", counts.unchanged).member("refused", counts.refused);
    write_findings(out, rows);
    out.end_object();
    Reply reply;
    reply.body = std::move(out).text();
    const bool all_refused = counts.refused > 0 && counts.refused == std::ssize(rows);
    if (!all_refused) return reply;
    // A problem with the report in it.
    Reply refused = problem({ErrorCode::schema, "no row could be stored"}, call.request.request_id);
    refused.body.back() = ',';
    refused.body += std::string_view(reply.body).substr(1);
    return refused;
}

Result<Reply> put(Api& api, const Call& call) {
    if (call.role != "admin" && call.role != "analyst" && call.role != "platform") {
        return Error{ErrorCode::forbidden, "this key may not send listings"};
    }
    Result<std::vector<Judged>> rows = read_body(call);
    if (!rows) return rows.error();
    catalogue::SeenIds seen;
    std::vector<model::Listing> good;
    for (std::size_t i = 0; i < rows->size(); ++i) {
        Judged& row = (*rows)[i];
        seen.check(static_cast<long>(i), row);
        if (row.listing) good.push_back(*row.listing);
    }
    Result<Reply> reply =
        write_once(api, call, [&](store::Session& session, Instant now) -> Result<Reply> {
            catalogue::Counts counts = catalogue::store_listings(session, good, now);
            counts.refused = static_cast<long long>(rows->size() - good.size());
            return report(call, counts, *rows);
        });
    if (reply && api.listings_stored) api.listings_stored();
    return reply;
}

Error unknown_listing() { return {ErrorCode::not_found, "there is no listing of that id"}; }

std::string tag_of(const store::StoredListing& listing) {
    return '"' + std::to_string(listing.change) + '"';
}

Result<Reply> one(Api& api, const Call& call) {
    const store::SessionLease session = api.database.lease();
    auto found = store::Listings(*session).get(call.part("platform"), call.part("id"));
    if (!found || !call.may_touch(found->platform)) return unknown_listing();
    Reply reply;
    reply.body = std::move(found->json);
    return tagged(call.request, std::move(reply), tag_of(*found));
}

Result<Reply> remove(Api& api, const Call& call) {
    const std::string& platform = call.part("platform");
    if (!call.may_touch(platform)) return unknown_listing();
    return write_once(api, call, [&](store::Session& session, Instant now) -> Result<Reply> {
        store::Listings listings(session);
        const auto found = listings.get(platform, call.part("id"));
        if (!found) return unknown_listing();
        if (auto fits = check_if_match(call.request, tag_of(*found)); !fits) return fits.error();
        listings.remove(platform, found->id);
        // What is gone matches nothing; decisions on it stay.
        cases::store_matches(session, {platform, found->id, {}}, now);
        Reply reply;
        reply.status = 204;
        return reply;
    });
}

}  // namespace

void add_listing_routes(Router& router, Api& api) {
    router.add({"POST", "/api/v1/listings", Access::key,
                [&api](const Call& call) { return put(api, call); }});
    router.add({"GET", "/api/v1/listings/{platform}/{id}", Access::key,
                [&api](const Call& call) { return one(api, call); }});
    router.add({"DELETE", "/api/v1/listings/{platform}/{id}", Access::key,
                [&api](const Call& call) { return remove(api, call); }});
}

}  // namespace recall::http
