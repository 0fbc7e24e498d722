// Parts, additions and containers of the recalled thing, which name its brand and model and are
// still something else.

#include <algorithm>

#include "gateway/match/evidence.h"

namespace recall::match {
namespace {

// Whether the words belong to what comes with the thing: "with bracket", "带底座".
bool is_included(const Query& query, const PhraseHit& hit) {
    return std::ranges::any_of(query.meaning.cues, [&](const PhraseHit& cue) {
        if (static_cast<Cue>(cue.id) != Cue::with || cue.last > hit.first) return false;
        for (std::uint32_t i = cue.last; i <= hit.first; ++i) {
            if (is_parted(query.title, i) ||
                (query.title.tokens[i].cjk() && i > cue.last && query.title.tokens[i].after_blank))
                return false;
        }
        return true;
    });
}

// The words by which the title says so, when the notice says no such thing of its product.
std::string accessory_words(const Pair& pair) {
    const Query& query = pair.query;
    for (const PhraseHit& hit : query.meaning.cues) {
        const auto cue = static_cast<Cue>(hit.id);
        if (cue != Cue::accessory && cue != Cue::container_only) continue;
        if (pair.line.cues[hit.id] || is_included(query, hit)) continue;
        return std::string(query.title.between(hit.first, hit.last));
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
