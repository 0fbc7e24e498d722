#include "gateway/clusters/ruling.h"

#include "gateway/clusters/linker.h"
#include "gateway/store/column_text.h"
#include "gateway/store/notices.h"

namespace recall::clusters {
namespace {

Result<void> check(store::Session& session, const RulingRequest& request) {
    if (request.one == request.other) {
        return Error{ErrorCode::usage, "a ruling is on two notices, not twice on one"};
    }
    if (request.because.empty()) return Error{ErrorCode::usage, "a ruling needs its reason"};
    if (request.because.size() > because_bytes_max) {
        return Error{ErrorCode::usage, "a ruling's reason has at most " +
                                           std::to_string(because_bytes_max) + " bytes"};
    }
    for (const std::string* id : {&request.one, &request.other}) {
        if (!store::Notices(session).get(*id)) {
            return Error{ErrorCode::not_found, "there is no notice " + *id};
        }
    }
    return {};
}

model::Verdict last_verdict(const std::vector<store::Ruling>& history) {
    return history.empty() ? model::Verdict::undone : history.back().verdict;
}

}  // namespace

Result<void> rule(store::Session& session, const match::Lexicon& lexicon,
                  const RulingRequest& request, Instant now) {
    if (auto fit = check(session, request); !fit) return fit;
    const bool is_sorted = request.one < request.other;
    store::Clusters clusters(session);
    const store::Ruling ruling{.a = is_sorted ? request.one : request.other,
                               .b = is_sorted ? request.other : request.one,
                               .verdict = request.verdict,
                               .by = request.by,
                               .because = request.because,
                               .at = store::instant_text(now)};
    Linker linker(session, lexicon);
    if (last_verdict(clusters.history(ruling.a, ruling.b)) == request.verdict) {
        return Error{ErrorCode::conflict, request.verdict == model::Verdict::undone
                                              ? "there is no ruling on the pair to take back"
                                              : "the pair is ruled so already"};
    }
    clusters.add_ruling(ruling);
    linker.relink(ruling.a);
    linker.touch(ruling.b);
    linker.settle();
    return {};
}

}  // namespace recall::clusters
