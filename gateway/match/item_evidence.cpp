// The marketplace's own name of the offer, when the notice names it.

#include <algorithm>

#include "gateway/match/evidence.h"

namespace recall::match {

void item_evidence(const Pair& pair, Findings& out) {
    for (const std::string& item : pair.query.items) {
        if (!std::ranges::binary_search(pair.line.items, item)) continue;
        out.push_back({Level::item_equal, item, item});
        return;
    }
}

}  // namespace recall::match
