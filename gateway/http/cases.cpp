// Decisions on matches, and the cases that come of them.

#include <charconv>

#include "gateway/cases/case_json.h"
#include "gateway/cases/takedown.h"
#include "gateway/http/exchange_api.h"
#include "gateway/json/parse.h"
#include "gateway/json/writer.h"

namespace recall::http {
namespace {

constexpr std::size_t rows_a_page = 100;

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
    Decision decision;
    const std::string& id = call.part("id");
    const auto read = std::from_chars(id.data(), id.data() + id.size(), decision.match);
    if (read.ec != std::errc() || read.ptr != id.data() + id.size()) {
        return Error{ErrorCode::not_found, "there is no match of that id"};
    }
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

Result<Reply> confirm(Api& api, const exchange::Identity* identity, const Call& call) {
    const Result<Decision> decision = read_decision(call);
    if (!decision) return decision.error();
    const auto opened = cases::confirm_match(api.database, identity,
                                             {.match = decision->match,
                                              .by = call.caller,
                                              .reason = decision->reason,
                                              .legal_basis = decision->legal_basis},
                                             api.clock.now());
    if (!opened) return opened.error();
    return case_reply(*opened, 201);
}

Result<Reply> reject(Api& api, const Call& call) {
    const Result<Decision> decision = read_decision(call);
    if (!decision) return decision.error();
    const auto rejected = cases::reject_match(api.database, decision->match, call.caller,
                                              decision->reason, api.clock.now());
    if (!rejected) return rejected.error();
    Reply reply;
    reply.body = R"({"state":"rejected"})";
    return reply;
}

Result<Reply> list(Api& api, const Call& call) {
    const store::SessionLease session = api.database.lease();
    const auto page =
        store::Cases(*session).list(std::nullopt, call.request.parameter("cursor"), rows_a_page);
    if (!page) return page.error();
    json::Writer out;
    out.begin_object().key("cases").begin_array();
    for (const store::TakedownCase& found : page->rows)
        cases::write_case(out, found);
    out.end_array();
    if (!page->cursor.empty()) out.member("cursor", page->cursor);
    out.end_object();
    Reply reply;
    reply.body = std::move(out).text();
    return reply;
}

Result<Reply> one(Api& api, const Call& call) {
    const store::SessionLease session = api.database.lease();
    const auto found = store::Cases(*session).get(call.part("id"));
    if (!found) return Error{ErrorCode::not_found, "there is no case of that id"};
    return case_reply(*found, 200);
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
