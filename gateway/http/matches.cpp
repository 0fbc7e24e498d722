// /api/v1/matches: the list with its filters, one match with its evidence and the verdicts on it.
// A platform sees its own only. Decisions on matches are cases.cpp.

#include <array>

#include "gateway/http/api.h"
#include "gateway/http/conditional.h"
#include "gateway/http/list_reply.h"
#include "gateway/http/match_reply.h"
#include "gateway/http/parameters.h"

namespace recall::http {
namespace {

constexpr std::array<std::string_view, 7> parameters = {"state",  "decision", "platform", "listing",
                                                        "notice", "limit",    "cursor"};
constexpr std::array<std::string_view, 3> states = {"open", "confirmed", "rejected"};
constexpr std::array<std::string_view, 3> decisions = {"match", "review", "no_match"};

Result<store::MatchFilter> read_filter(const Call& call) {
    const Request& request = call.request;
    if (auto known = check_parameters(request, parameters); !known) return known.error();
    store::MatchFilter filter;
    filter.platform = request.parameter("platform");
    filter.listing = request.parameter("listing");
    filter.notice = request.parameter("notice");
    const Result<int> state = read_choice(request, "state", states);
    if (!state) return state.error();
    if (*state >= 0) filter.state = static_cast<store::MatchState>(*state);
    const Result<int> decision = read_choice(request, "decision", decisions);
    if (!decision) return decision.error();
    if (*decision >= 0) filter.decision = static_cast<model::Decision>(*decision);
    if (!call.is_staff()) {
        if (auto own = call.check_platform(filter.platform); !own) return own.error();
        filter.platform = call.platform;
    }
    return filter;
}

Result<Reply> list(Api& api, const Call& call) {
    const Result<store::MatchFilter> filter = read_filter(call);
    if (!filter) return filter.error();
    const Result<std::size_t> rows = read_limit(call.request);
    if (!rows) return rows.error();
    const store::SessionLease session = api.database.lease();
    const auto page =
        store::Matches(*session).list(*filter, call.request.parameter("cursor"), *rows);
    if (!page) return page.error();
    return list_reply("matches", *page, [](json::Writer& out, const store::StoredMatch& match) {
        out.raw(match_object(match, {}));
    });
}

Result<Reply> one(Api& api, const Call& call) {
    const Result<long long> id = read_id(call.part("id"));
    if (!id) return id.error();
    const store::SessionLease session = api.database.lease();
    Result<std::string> body = match_body(*session, call, *id);
    if (!body) return body.error();
    const std::string tag = entity_tag(*body);
    Reply reply;
    reply.body = *std::move(body);
    return tagged(call.request, std::move(reply), tag);
}

}  // namespace

void add_match_routes(Router& router, Api& api) {
    router.add({"GET", "/api/v1/matches", Access::key,
                [&api](const Call& call) { return list(api, call); }});
    router.add({"GET", "/api/v1/matches/{id}", Access::key,
                [&api](const Call& call) { return one(api, call); }});
}

}  // namespace recall::http
