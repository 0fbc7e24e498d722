// Decisions on matches, and the cases that come of them.

#include "gateway/cases/case_json.h"
#include "gateway/cases/takedown.h"
#include "gateway/http/conditional.h"
#include "gateway/http/exchange_api.h"
#include "gateway/http/list_reply.h"
#include "gateway/http/match_reply.h"
#include "gateway/http/parameters.h"
#include "gateway/http/write_once.h"
#include "gateway/json/parse.h"
#include "gateway/json/writer.h"

namespace recall::http {
namespace {

constexpr std::array<std::string_view, 2> list_parameters = {"limit", "cursor"};

Reply case_reply(const store::TakedownCase& found, int status) {
    json::Writer out;
    cases::write_case(out, found);
    Reply reply;
    reply.status = status;
    reply.body = std::move(out).text();
    return reply;
}

struct Decision {
    long long match = 0;
    std::string reason;
    std::string legal_basis;
};

// {"reason": "…", "legal_basis": "…"}, both optional; an empty body is an empty object.
Result<Decision> read_decision(const Call& call) {
    if (call.role != "admin" && call.role != "analyst") {
        return Error{ErrorCode::forbidden, "only an analyst decides on matches"};
    }
    const Result<long long> id = read_id(call.part("id"));
    if (!id) return id.error();
    Decision decision;
    decision.match = *id;
    if (call.request.body.empty()) return decision;
    const Result<xml::Document> body = json::parse(call.request.body);
    if (!body) return body.error();
    for (xml::Node member = body->root().first_child(); member; member = member.next_sibling()) {
        if (member.name() == "reason") {
            decision.reason = member.text();
        } else if (member.name() == "legal_basis") {
            decision.legal_basis = member.text();
        } else {
            return Error{ErrorCode::usage,
                         "the body has reason and legal_basis, not " + std::string(member.name())};
        }
    }
    return decision;
}

// If-Match names the match as it was seen, so that nobody decides on other evidence.
Result<void> check_seen(store::Session& session, const Call& call, long long match) {
    const Result<std::string> body = match_body(session, call, match);
    if (!body) return body.error();
    return check_if_match(call.request, entity_tag(*body));
}

Result<Reply> confirm(Api& api, const exchange::Identity* identity, const Call& call) {
    const Result<Decision> decision = read_decision(call);
    if (!decision) return decision.error();
    return write_once(api, call, [&](store::Session& session, Instant now) -> Result<Reply> {
        if (auto seen = check_seen(session, call, decision->match); !seen) return seen.error();
        const auto opened = cases::confirm_match(session, identity,
                                                 {.match = decision->match,
                                                  .by = call.caller,
                                                  .reason = decision->reason,
                                                  .legal_basis = decision->legal_basis},
                                                 now);
        if (!opened) return opened.error();
        return case_reply(*opened, 201);
    });
}

Result<Reply> reject(Api& api, const Call& call) {
    const Result<Decision> decision = read_decision(call);
    if (!decision) return decision.error();
    return write_once(api, call, [&](store::Session& session, Instant now) -> Result<Reply> {
        if (auto seen = check_seen(session, call, decision->match); !seen) return seen.error();
        const auto rejected =
            cases::reject_match(session, decision->match, call.caller, decision->reason, now);
        if (!rejected) return rejected.error();
        Reply reply;
        reply.body = R"({"state":"rejected"})";
        return reply;
    });
}

// A platform's page may hold fewer rows than the limit: others' are left out.
Result<Reply> list(Api& api, const Call& call) {
    if (auto known = check_parameters(call.request, list_parameters); !known) return known.error();
    const Result<std::size_t> rows = read_limit(call.request);
    if (!rows) return rows.error();
    const store::SessionLease session = api.database.lease();
    const auto page =
        store::Cases(*session).list(std::nullopt, call.request.parameter("cursor"), *rows);
    if (!page) return page.error();
    return list_reply("cases", *page, [&](json::Writer& out, const store::TakedownCase& found) {
        if (call.may_touch(found.platform)) cases::write_case(out, found);
    });
}

Result<Reply> one(Api& api, const Call& call) {
    const store::SessionLease session = api.database.lease();
    const auto found = store::Cases(*session).get(call.part("id"));
    if (!found || !call.may_touch(found->platform)) {
        return Error{ErrorCode::not_found, "there is no case of that id"};
    }
    Reply reply = case_reply(*found, 200);
    const std::string tag = entity_tag(reply.body);
    return tagged(call.request, std::move(reply), tag);
}

}  // namespace

void add_case_routes(Router& router, Api& api, const exchange::Identity* identity) {
    router.add({"POST", "/api/v1/matches/{id}/confirm", Access::key,
                [&api, identity](const Call& call) { return confirm(api, identity, call); }});
    router.add({"POST", "/api/v1/matches/{id}/reject", Access::key,
                [&api](const Call& call) { return reject(api, call); }});
    router.add({"GET", "/api/v1/cases", Access::key,
                [&api](const Call& call) { return list(api, call); }});
    router.add({"GET", "/api/v1/cases/{id}", Access::key,
                [&api](const Call& call) { return one(api, call); }});
}

}  // namespace recall::http
