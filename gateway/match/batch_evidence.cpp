// Lots and serial numbers: many notices are about some lots only, and then a listing that names
// none has to be looked at.

#include <algorithm>

#include "gateway/match/evidence.h"

namespace recall::match {
namespace {

constexpr std::size_t telling_characters_min = 5;

const ModelNumber* common_batch(const Pair& pair) {
    for (const ModelNumber& ours : pair.line.batches) {
        const auto equal = [&](const ModelNumber& theirs) { return theirs.hash == ours.hash; };
        if (std::ranges::any_of(pair.query.batches, equal) ||
            find_span(pair.query.detail_spans, ours.hash) != nullptr)
            return &ours;
        if (ours.strength == text::ModelStrength::strong &&
            find_span(pair.query.spans, ours.hash) != nullptr)
            return &ours;
    }
    return nullptr;
}

}  // namespace

void batch_evidence(const Pair& pair, Findings& out) {
    if (pair.line.batches.empty()) return;
    if (const ModelNumber* batch = common_batch(pair)) {
        const bool tells =
            batch->source == ModelSource::field && batch->key.size() >= telling_characters_min;
        out.push_back(
            {tells ? Level::batch_equal : Level::batch_equal_weak, batch->raw, batch->raw});
    } else if (!pair.query.batches.empty()) {
        out.push_back(
            {Level::batch_other, pair.line.batches.front().raw, pair.query.batches.front().raw});
    } else {
        out.push_back({Level::batch_unstated,
                       "only some lots, such as " + pair.line.batches.front().raw,
                       "no lot named: check the batch"});
    }
}

}  // namespace recall::match
