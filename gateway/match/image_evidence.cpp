// Pictures: the same photograph on both sides. Another photograph may show the same thing, so only
// likeness speaks.

#include "gateway/match/evidence.h"

namespace recall::match {

void image_evidence(const Pair& pair, Findings& out) {
    if (pair.book == nullptr) return;
    const auto found = pair.book->likeness(pair.line.notice, pair.pictures);
    if (!found) return;
    const Level level =
        found->bits <= model::same_picture_bits_max ? Level::image_same : Level::image_near;
    if (!pair.tells) return void(out.push_back({level, "", ""}));
    out.push_back({level, to_text(found->notice), to_text(found->listing)});
}

}  // namespace recall::match
