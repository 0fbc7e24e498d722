#pragma once
// Why two notices are thought to tell the same recall. A wrong link hides a danger behind another
// notice, so a shared number counts only with the same firm, from two authorities, near in time.
// Pure; any thread.

#include <functional>
#include <vector>

#include "gateway/clusters/card.h"
#include "gateway/model/cluster.h"

namespace recall::clusters {

// A number on more notices than this is a range's, an invented or a wrong one, and tells nothing.
inline constexpr std::size_t key_notices_max = 8;
// The same product is recalled anew for other faults; how far apart two tellings of one may be.
inline constexpr long long gtin_days_max = 730;
inline constexpr long long model_days_max = 365;
inline constexpr long long named_model_days_max = 120;  // when it stands in a name only

// Whether a key is held by too many notices to tell anything.
using IsGeneric = std::function<bool(const model::NoticeKey&)>;

// At most one link of each reason, with the first value that both share; empty: no reason.
std::vector<model::NoticeLink> reasons(const Card& one, const Card& other,
                                       const IsGeneric& is_generic);

}  // namespace recall::clusters
