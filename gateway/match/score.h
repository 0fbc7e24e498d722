#pragma once
// From findings to a match: the weights add up to the log odds of the score, and the decision says
// what may be done with it. Pure; any thread.

#include "gateway/match/evidence.h"
#include "gateway/model/match.h"

namespace recall::match {

inline constexpr double match_min = 0.98;  // with a hard identifier only
inline constexpr double review_min = 0.45;

// The probability for a sum of weights, added in order.
double score_of(const Findings& findings);

// A match needs a number that names the product (a global article number, the marketplace's item,
// or brand and model together), and no question open about lots. Text alone is for review.
model::Decision decide(const Findings& findings, double score);

model::Match make_match(const Pair& pair, Findings findings, double score);

}  // namespace recall::match
