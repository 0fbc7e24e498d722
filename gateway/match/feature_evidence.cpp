// Colours and materials, which the lexicon knows in every language.

#include <algorithm>

#include "gateway/match/evidence.h"

namespace recall::match {
namespace {

std::vector<std::uint32_t> features(const std::vector<std::uint32_t>& ids, const Lexicon& lexicon) {
    std::vector<std::uint32_t> out;
    std::ranges::copy_if(ids, std::back_inserter(out),
                         [&](std::uint32_t id) { return lexicon.product(id).describes(); });
    return out;
}

std::string names(const std::vector<std::uint32_t>& ids, const Lexicon& lexicon) {
    std::string out;
    for (const std::uint32_t id : ids)
        out += (out.empty() ? "" : ", ") + lexicon.product(id).name;
    return out;
}

}  // namespace

void feature_evidence(const Pair& pair, Findings& out) {
    const auto ours = features(pair.line.mentioned, pair.lexicon);
    const auto theirs = features(pair.query.mentioned, pair.lexicon);
    if (ours.empty() || theirs.empty()) return;
    std::vector<std::uint32_t> shared;
    std::ranges::set_intersection(ours, theirs, std::back_inserter(shared));
    const Level level = shared.empty() ? Level::feature_other : Level::feature_shared;
    if (!pair.tells) return void(out.push_back({level, "", ""}));
    out.push_back({level, names(shared.empty() ? ours : shared, pair.lexicon),
                   names(shared.empty() ? theirs : shared, pair.lexicon)});
}

}  // namespace recall::match
