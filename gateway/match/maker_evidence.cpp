// The company: the listing's seller or maker is one that the notice names.

#include <algorithm>

#include "gateway/match/evidence.h"

namespace recall::match {
namespace {

// The same words without legal forms and places, one of them rare.
bool is_same(const BrandName& ours, const BrandName& theirs, const Rarity& rarity) {
    if (ours.hash == theirs.hash) return true;
    const auto& fewer = ours.words.size() < theirs.words.size() ? ours.words : theirs.words;
    const auto& more = ours.words.size() < theirs.words.size() ? theirs.words : ours.words;
    if (fewer.empty() || !std::ranges::includes(more, fewer)) return false;
    return std::ranges::any_of(
        fewer, [&](std::uint64_t word) { return rarity.of_word(word) >= rare_min; });
}

}  // namespace

void maker_evidence(const Pair& pair, Findings& out) {
    for (const BrandName& theirs : pair.query.makers) {
        for (const BrandName& ours : pair.line.makers) {
            if (!is_same(ours, theirs, pair.rarity)) continue;
            out.push_back({Level::maker_equal, ours.raw, theirs.raw});
            return;
        }
    }
}

}  // namespace recall::match
