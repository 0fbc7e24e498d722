#include "gateway/match/score.h"

#include <boost/test/unit_test.hpp>

#include <cmath>

#include "invented.h"

namespace recall::match {
namespace {

Findings found(std::initializer_list<Level> levels) {
    Findings out;
    for (const Level level : levels)
        out.push_back({level, "", ""});
    return out;
}

BOOST_AUTO_TEST_SUITE(score)

BOOST_AUTO_TEST_CASE(the_lines_of_evidence_add_up_to_the_score) {
    for (const char* title : {"Velmoro VX-2200 hair dryer 2000 W", "hair dryer", "wooden crib"}) {
        const model::Match match = match_of(listing(title), dryer_notice());
        double sum = 0;
        for (const model::Evidence& line : match.evidence)
            sum += line.weight;
        BOOST_TEST(std::abs(match.score - 1 / (1 + std::exp(-sum))) < 1e-12, title);
        BOOST_TEST(match.evidence.front().kind == "prior");
        for (const model::Evidence& line : match.evidence)
            BOOST_TEST(line.speaks_for == (line.weight >= 0));
    }
}

BOOST_AUTO_TEST_CASE(weights_have_two_decimals_so_that_printing_rounds_nothing) {
    for (std::size_t i = 0; i < level_count(); ++i) {
        const double weight = facts(static_cast<Level>(i)).weight;
        BOOST_TEST(std::abs(weight * 100 - std::round(weight * 100)) < 1e-9);
    }
}

BOOST_AUTO_TEST_CASE(only_an_identifier_makes_a_match) {
    using enum Level;
    const double sure = 0.999;
    const double near = 0.97;
    struct Case {
        Findings findings;
        double score;
        model::Decision decision;
    };
    const std::vector<Case> cases = {
        {found({prior, gtin_equal}), sure, model::Decision::match},
        {found({prior, item_equal}), sure, model::Decision::match},
        {found({prior, brand_equal, model_equal}), sure, model::Decision::match},
        {found({prior, gtin_equal}), near, model::Decision::review},
        {found({prior, gtin_restricted}), sure, model::Decision::review},
        {found({prior, model_equal}), sure, model::Decision::review},
        {found({prior, brand_equal, model_equal_weak}), sure, model::Decision::review},
        {found({prior, brand_aside, model_equal}), sure, model::Decision::review},
        {found({prior, brand_equal, name_most, category_same}), sure, model::Decision::review},
        {found({prior, gtin_equal, batch_unstated}), sure, model::Decision::review},
        {found({prior, gtin_equal, batch_other}), sure, model::Decision::review},
        {found({prior, gtin_equal, batch_equal}), sure, model::Decision::match},
        {found({prior, brand_equal}), 0.1, model::Decision::no_match},
    };
    for (const Case& c : cases)
        BOOST_TEST(int(decide(c.findings, c.score)) == int(c.decision));
}

BOOST_AUTO_TEST_CASE(a_lot_that_is_not_told_asks_to_be_checked) {
    model::Notice notice = dryer_notice();
    notice.products[0].batches = {"Q2516W"};
    model::Listing known = listing("Velmoro VX-2200 hair dryer", "Velmoro", "VX-2200");
    known.gtin = "4006381333931";
    const model::Match match = match_of(known, notice);
    BOOST_TEST(int(match.decision) == int(model::Decision::review));
    bool asks = false;
    for (const model::Evidence& line : match.evidence)
        asks = asks || line.listing.find("check the batch") != std::string::npos;
    BOOST_TEST(asks);
}

BOOST_AUTO_TEST_CASE(right_things_score_above_their_neighbours) {
    const model::Notice notice = dryer_notice();
    const double same = match_of(listing("Velmoro VX-2200 hair dryer", "Velmoro"), notice).score;
    const double sibling =
        match_of(listing("Velmoro VX-2300 hair dryer", "Velmoro", "VX-2300"), notice).score;
    const double other = match_of(listing("Tasciano hair dryer", "Tasciano"), notice).score;
    BOOST_TEST(same > 0.9);
    BOOST_TEST(sibling < 0.5);
    BOOST_TEST(other < 0.1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace recall::match
