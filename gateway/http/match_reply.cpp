#include "gateway/http/match_reply.h"

#include "gateway/json/writer.h"

namespace recall::http {

std::string match_object(const store::StoredMatch& match,
                         std::span<const store::Verdict> verdicts) {
    json::Writer out;
    out.begin_object().member("id", match.id).member("platform", match.platform);
    out.member("listing", match.listing).member("notice", match.notice);
    out.member("product", match.product).key("score").number(match.score);
    out.member("decision", model::spelling(match.decision))
        .key("evidence")
        .raw(match.evidence_json);
    out.member("state", spelling(match.state)).member("found_at", match.found_at);
    out.member("updated_at", match.updated_at);
    if (!match.decided_by.empty()) out.member("decided_by", match.decided_by);
    if (!match.decided_at.empty()) out.member("decided_at", match.decided_at);
    if (!match.reason.empty()) out.member("reason", match.reason);
    if (!verdicts.empty()) {
        out.key("verdicts").begin_array();
        for (const store::Verdict& verdict : verdicts) {
            out.begin_object().member("state", spelling(verdict.state)).member("by", verdict.by);
            if (!verdict.reason.empty()) out.member("reason", verdict.reason);
            out.member("at", verdict.at).end_object();
        }
        out.end_array();
    }
    out.end_object();
    return std::move(out).text();
}

Result<std::string> match_body(store::Session& session, const Call& call, long long id) {
    store::Matches matches(session);
    const auto match = matches.get(id);
    if (!match || !call.may_touch(match->platform)) {
        return Error{ErrorCode::not_found, "there is no match of that id"};
    }
    return match_object(*match, matches.verdicts(id));
}

}  // namespace recall::http
