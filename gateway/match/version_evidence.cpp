// "Corrected version", "整改后": goods made after the fault was mended.

#include "gateway/match/evidence.h"

namespace recall::match {

void version_evidence(const Pair& pair, Findings& out) {
    const Cue cue = Cue::fixed_version;
    if (!pair.query.has_cue(cue) || pair.line.cues[static_cast<std::size_t>(cue)]) return;
    for (const auto* part : {&pair.query.meaning, &pair.query.details_meaning}) {
        const Text& text = part == &pair.query.meaning ? pair.query.title : pair.query.details;
        for (const PhraseHit& hit : part->cues) {
            if (static_cast<Cue>(hit.id) != cue) continue;
            out.push_back(
                {Level::version_fixed, "", std::string(text.between(hit.first, hit.last))});
            return;
        }
    }
}

}  // namespace recall::match
