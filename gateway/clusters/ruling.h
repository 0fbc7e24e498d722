#pragma once
// What people rule on a pair of notices: that they tell two recalls (split), one (join), or that an
// earlier ruling no longer holds (undone). Every ruling is kept with its reason; the last one
// counts, whatever the notices say. One session, one thread.

#include <string>

#include "gateway/base/clock.h"
#include "gateway/base/result.h"
#include "gateway/match/lexicon.h"
#include "gateway/model/cluster.h"
#include "gateway/store/session.h"

namespace recall::clusters {

inline constexpr std::size_t because_bytes_max = 2000;

struct RulingRequest {
    std::string one;
    std::string other;
    model::Verdict verdict = model::Verdict::split;
    std::string by;
    std::string because;
};

// Needs a WriteTransaction; the clusters around both follow in it. not_found: no such notice.
// usage: twice the same notice, or no reason. conflict: it is ruled so already, or there is nothing
// to take back.
Result<void> rule(store::Session& session, const match::Lexicon& lexicon,
                  const RulingRequest& request, Instant now);

}  // namespace recall::clusters
