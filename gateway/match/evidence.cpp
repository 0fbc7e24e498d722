#include "gateway/match/evidence.h"

namespace recall::match {
namespace {

constexpr auto table = std::to_array<LevelFacts>({
#define X(name, kind, weight) {#name, kind, weight},
#include "gateway/match/levels.def"
#undef X
});

}  // namespace

const LevelFacts& facts(Level level) { return table.at(static_cast<std::size_t>(level)); }

std::size_t level_count() { return table.size(); }

Findings compare(const Pair& pair) {
    Findings out;
    out.push_back({Level::prior, "", ""});
    gtin_evidence(pair, out);
    item_evidence(pair, out);
    image_evidence(pair, out);
    if (pair.query.shown_title.empty()) return out;
    model_evidence(pair, out);
    brand_evidence(pair, out);
    name_evidence(pair, out);
    category_evidence(pair, out);
    accessory_evidence(pair, out);
    version_evidence(pair, out);
    batch_evidence(pair, out);
    size_evidence(pair, out);
    maker_evidence(pair, out);
    feature_evidence(pair, out);
    return out;
}

}  // namespace recall::match
