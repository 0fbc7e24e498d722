// "Corrected version", "整改后": goods made after the fault was mended.

#include "gateway/match/evidence.h"

namespace recall::match {
namespace {

// The words of the cue in the listing, unless the notice says the same of its product.
std::string words_of(const Pair& pair, Cue cue) {
    if (pair.line.cues[static_cast<std::size_t>(cue)]) return {};
    for (const auto* part : {&pair.query.meaning, &pair.query.details_meaning}) {
        const Text& text = part == &pair.query.meaning ? pair.query.title : pair.query.details;
        for (const PhraseHit& hit : part->cues) {
            if (static_cast<Cue>(hit.id) == cue)
                return std::string(text.between(hit.first, hit.last));
        }
    }
    return {};
}

}  // namespace

void version_evidence(const Pair& pair, Findings& out) {
    const std::string fixed = words_of(pair, Cue::fixed_version);
    if (!fixed.empty()) return void(out.push_back({Level::version_fixed, "", fixed}));
    const std::string newer = words_of(pair, Cue::newer_version);
    if (!newer.empty()) out.push_back({Level::version_newer, "", newer});
}

}  // namespace recall::match
