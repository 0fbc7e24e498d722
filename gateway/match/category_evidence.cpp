// What the thing is: the concepts that product words name in every language.

#include <algorithm>

#include "gateway/match/evidence.h"

namespace recall::match {
namespace {

using Ids = std::vector<std::uint32_t>;

std::string names(const Ids& ids, const Lexicon& lexicon) {
    std::string out;
    for (const std::uint32_t id : ids) {
        if (!lexicon.product(id).describes())
            out += (out.empty() ? "" : ", ") + lexicon.product(id).name;
    }
    return out;
}

bool share(const Ids& a, const Ids& b, const Lexicon& lexicon) {
    return std::ranges::any_of(a, [&](std::uint32_t id) {
        return !lexicon.product(id).describes() && std::ranges::binary_search(b, id);
    });
}

bool share_family(const Ids& a, const Ids& b, const Lexicon& lexicon) {
    return std::ranges::any_of(a, [&](std::uint32_t id) {
        return !lexicon.product(id).describes() && std::ranges::any_of(b, [&](std::uint32_t other) {
            return lexicon.family_of(other) == lexicon.family_of(id);
        });
    });
}

}  // namespace

void category_evidence(const Pair& pair, Findings& out) {
    const Ids& ours = pair.line.heads;
    const Ids& theirs = pair.query.offered;
    const auto is_thing = [&](std::uint32_t id) { return !pair.lexicon.product(id).describes(); };
    if (ours.empty() || std::ranges::none_of(theirs, is_thing)) return;
    Level level = Level::category_other;
    if (std::ranges::includes(theirs, ours)) {
        level = Level::category_same;
    } else if (share(ours, theirs, pair.lexicon)) {
        level = Level::category_partly;
    } else if (share_family(ours, theirs, pair.lexicon)) {
        level = Level::category_near;
    } else if (share(pair.line.mentioned, theirs, pair.lexicon)) {
        level = Level::category_mentioned;
    }
    if (!pair.tells) return void(out.push_back({level, "", ""}));
    out.push_back({level, names(ours, pair.lexicon), names(theirs, pair.lexicon)});
}

}  // namespace recall::match
