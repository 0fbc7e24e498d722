// Parts, additions and containers of the recalled thing, which name its brand and model and are
// still something else.

#include <algorithm>

#include "gateway/match/evidence.h"

namespace recall::match {
namespace {

// The words by which the listing says so, when the notice says no such thing of its product.
std::string accessory_words(const Pair& pair) {
    for (const auto* part : {&pair.query.meaning, &pair.query.details_meaning}) {
        const Text& text = part == &pair.query.meaning ? pair.query.title : pair.query.details;
        for (const PhraseHit& hit : part->cues) {
            const auto cue = static_cast<Cue>(hit.id);
            if (cue != Cue::accessory && cue != Cue::container_only) continue;
            if (pair.line.cues[hit.id]) continue;
            return std::string(text.between(hit.first, hit.last));
        }
    }
    return {};
}

// The recalled thing is named, but nowhere as what is offered.
std::uint32_t only_aside(const Pair& pair) {
    const Query& query = pair.query;
    std::uint32_t found = 0;
    for (const std::uint32_t id : pair.line.heads) {
        if (std::ranges::binary_search(query.offered, id)) return 0;
        const auto named = std::ranges::any_of(
            query.meaning.products, [&](const ProductWord& word) { return word.id == id; });
        if (named) found = id + 1;
    }
    return found;
}

}  // namespace

void accessory_evidence(const Pair& pair, Findings& out) {
    const std::string words = accessory_words(pair);
    const std::uint32_t aside = only_aside(pair);
    if (words.empty() && aside == 0) return;
    const std::string thing = aside == 0 ? "" : pair.lexicon.product(aside - 1).name;
    Level level = Level::accessory_both;
    if (words.empty()) level = Level::accessory_aside;
    if (aside == 0) level = Level::accessory_part;
    out.push_back({level, thing, words.empty() ? "for " + thing : words});
}

}  // namespace recall::match
