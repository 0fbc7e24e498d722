// Contents, lengths, watts, numbers of lamps: the same kind of number, equal or not.

#include "gateway/match/evidence.h"

namespace recall::match {

void size_evidence(const Pair& pair, Findings& out) {
    Measure ours;
    Measure theirs;
    MeasureRelation relation = compare(pair.line.measures, pair.query.measures, ours, theirs);
    Level other = Level::size_other;
    if (relation == MeasureRelation::unknown) {
        relation = compare(pair.line.text_measures, pair.query.measures, ours, theirs);
        other = Level::size_other_text;
    }
    if (relation == MeasureRelation::unknown) return;
    const Level level = relation == MeasureRelation::equal ? Level::size_equal : other;
    if (!pair.tells) return void(out.push_back({level, "", ""}));
    out.push_back({level, to_text(ours), to_text(theirs)});
}

}  // namespace recall::match
