// /api/v1/notices/{id}/cluster and /api/v1/clusters: which notices tell the same recall and why,
// and the rulings of analysts on pairs of them.

#include <array>

#include "gateway/clusters/cluster_json.h"
#include "gateway/clusters/ruling.h"
#include "gateway/http/api.h"
#include "gateway/http/conditional.h"
#include "gateway/http/list_reply.h"
#include "gateway/http/parameters.h"
#include "gateway/http/write_once.h"
#include "gateway/json/parse.h"
#include "gateway/store/clusters.h"

namespace recall::http {
namespace {

constexpr std::array<std::string_view, 2> list_parameters = {"limit", "cursor"};

clusters::Audience audience(const Call& call) {
    return call.is_staff() ? clusters::Audience::staff : clusters::Audience::platform;
}

Result<Reply> of_notice(Api& api, const Call& call) {
    const store::SessionLease session = api.database.lease();
    const auto body = clusters::cluster_of_notice(*session, call.part("id"), audience(call));
    if (!body) return Error{ErrorCode::not_found, "there is no notice of that id"};
    Reply reply;
    reply.body = *body;
    const std::string tag = entity_tag(reply.body);
    return tagged(call.request, std::move(reply), tag);
}

Result<Reply> list(Api& api, const Call& call) {
    if (auto known = check_parameters(call.request, list_parameters); !known) return known.error();
    const Result<std::size_t> rows = read_limit(call.request);
    if (!rows) return rows.error();
    const store::SessionLease session = api.database.lease();
    const auto page = store::Clusters(*session).list(call.request.parameter("cursor"), *rows);
    if (!page) return page.error();
    return list_reply("clusters", *page, [&](json::Writer& out, const store::ClusterSize& cluster) {
        if (const auto body = clusters::cluster_by_name(*session, cluster.cluster, audience(call)))
            out.raw(*body);
    });
}

// {"one": id, "other": id, "because": "…"}, all three.
Result<clusters::RulingRequest> read_ruling(const Call& call, model::Verdict verdict) {
    if (call.role != "admin" && call.role != "analyst") {
        return Error{ErrorCode::forbidden, "only an analyst rules on clusters"};
    }
    clusters::RulingRequest request;
    request.verdict = verdict;
    request.by = call.caller;
    const Result<xml::Document> body = json::parse(call.request.body);
    if (!body) return body.error();
    for (xml::Node member = body->root().first_child(); member; member = member.next_sibling()) {
        if (member.name() == "one") {
            request.one = member.text();
        } else if (member.name() == "other") {
            request.other = member.text();
        } else if (member.name() == "because") {
            request.because = member.text();
        } else {
            return Error{ErrorCode::usage,
                         "the body has one, other and because, not " + std::string(member.name())};
        }
    }
    return request;
}

Result<Reply> rule(Api& api, const match::Lexicon& lexicon, const Call& call,
                   model::Verdict verdict) {
    const Result<clusters::RulingRequest> ruling = read_ruling(call, verdict);
    if (!ruling) return ruling.error();
    return write_once(api, call, [&](store::Session& session, Instant now) -> Result<Reply> {
        const auto ruled = clusters::rule(session, lexicon, *ruling, now);
        if (!ruled) return ruled.error();
        Reply reply;
        reply.body =
            clusters::cluster_of_notice(session, ruling->one, clusters::Audience::staff).value();
        return reply;
    });
}

}  // namespace

void add_cluster_routes(Router& router, Api& api, const match::Lexicon& lexicon) {
    router.add({"GET", "/api/v1/notices/{id}/cluster", Access::key,
                [&api](const Call& call) { return of_notice(api, call); }});
    router.add({"GET", "/api/v1/clusters", Access::key,
                [&api](const Call& call) { return list(api, call); }});
    const auto add = [&](const char* pattern, model::Verdict verdict) {
        router.add({"POST", pattern, Access::key, [&api, &lexicon, verdict](const Call& call) {
                        return rule(api, lexicon, call, verdict);
                    }});
    };
    add("/api/v1/clusters/split", model::Verdict::split);
    add("/api/v1/clusters/join", model::Verdict::join);
    add("/api/v1/clusters/undo", model::Verdict::undone);
}

}  // namespace recall::http
