#include "gateway/match/score.h"

#include "gateway/match/shown.h"

#include <algorithm>
#include <cmath>

namespace recall::match {
namespace {

bool has(const Findings& findings, std::initializer_list<Level> levels) {
    return std::ranges::any_of(findings, [&](const Finding& finding) {
        return std::ranges::find(levels, finding.level) != levels.end();
    });
}

bool has_hard_identifier(const Findings& findings) {
    if (has(findings, {Level::gtin_equal, Level::item_equal})) return true;
    return has(findings, {Level::model_equal}) &&
           has(findings, {Level::brand_equal, Level::brand_equal_common, Level::brand_equal_prose,
                          Level::brand_in_title, Level::brand_in_title_prose, Level::brand_named});
}

}  // namespace

double score_of(const Findings& findings) {
    double sum = 0;
    for (const Finding& finding : findings)
        sum += facts(finding.level).weight;
    return 1 / (1 + std::exp(-sum));
}

model::Decision decide(const Findings& findings, double score) {
    const bool open_question = has(findings, {Level::batch_unstated, Level::batch_other});
    if (score >= match_min && has_hard_identifier(findings) && !open_question)
        return model::Decision::match;
    return score >= review_min ? model::Decision::review : model::Decision::no_match;
}

model::Match make_match(const Pair& pair, Findings findings, double score) {
    model::Match match;
    match.listing = pair.query.listing;
    match.notice = pair.line.notice;
    match.product = pair.line.product;
    match.score = score;
    match.decision = decide(findings, score);
    for (Finding& finding : findings) {
        const LevelFacts& level = facts(finding.level);
        match.evidence.push_back({std::string(level.kind), level.weight >= 0, level.weight,
                                  shown(finding.notice), shown(finding.listing)});
    }
    return match;
}

}  // namespace recall::match
