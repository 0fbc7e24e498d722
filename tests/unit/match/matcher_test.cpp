#include "gateway/match/matcher.h"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <random>
#include <thread>

#include "invented.h"

namespace recall::match {
namespace {

model::Notice notice_with(std::string id, const std::string& brand, const std::string& number) {
    model::Notice notice = dryer_notice();
    notice.id = std::move(id);
    notice.title.clear();
    notice.products[0].brands = {brand};
    notice.products[0].models = {number};
    notice.products[0].gtins.clear();
    return notice;
}

std::string first(const Matcher& matcher, const model::Listing& listing) {
    const CheckResult result = matcher.check(listing, {.min_score = 0});
    return result.matches.empty() ? "" : result.matches.front().notice;
}

const model::Listing dryer = listing("Velmoro VX-2200 hair dryer", "Velmoro", "VX-2200");

BOOST_AUTO_TEST_SUITE(matcher)

BOOST_AUTO_TEST_CASE(an_empty_index_answers_nothing) {
    const Matcher matcher(shipped_lexicon());
    BOOST_TEST(matcher.check(dryer).matches.empty());
    BOOST_TEST(matcher.facts().notices == 0U);
    BOOST_TEST(matcher.facts().version == 0U);
}

BOOST_AUTO_TEST_CASE(notices_come_change_and_go_by_id) {
    Matcher matcher(shipped_lexicon());
    matcher.replace(std::vector{dryer_notice(), prose_notice()});
    BOOST_TEST(matcher.facts().notices == 2U);
    BOOST_TEST(first(matcher, dryer) == "eu-safety-gate:1");

    const std::vector<std::string> gone = {"eu-safety-gate:1", "never-there:9"};
    matcher.update({}, gone);
    BOOST_TEST(matcher.facts().notices == 1U);
    BOOST_TEST(first(matcher, dryer) != "eu-safety-gate:1");

    matcher.update(std::vector{dryer_notice()});
    BOOST_TEST(first(matcher, dryer) == "eu-safety-gate:1");
    BOOST_TEST(matcher.facts().notices == 2U);

    // The same notice now speaks of another product.
    matcher.update(std::vector{notice_with("eu-safety-gate:1", "Tasciano", "TT-900")});
    BOOST_TEST(matcher.facts().notices == 2U);
    BOOST_TEST(first(matcher, listing("Tasciano TT-900 hair dryer", "Tasciano", "TT-900")) ==
               "eu-safety-gate:1");
    BOOST_TEST(matcher.check(dryer, {.min_score = 0.5}).matches.empty());
    BOOST_TEST(matcher.facts().version == 4U);

    matcher.replace({});
    BOOST_TEST(matcher.facts().notices == 0U);
    BOOST_TEST(matcher.check(dryer, {.min_score = 0}).matches.empty());
}

BOOST_AUTO_TEST_CASE(of_notices_with_one_id_the_last_counts) {
    Matcher matcher(shipped_lexicon());
    matcher.replace(std::vector{notice_with("a:1", "Tasciano", "TT-900"),
                                notice_with("a:1", "Velmoro", "VX-2200")});
    BOOST_TEST(matcher.facts().notices == 1U);
    BOOST_TEST(first(matcher, dryer) == "a:1");
}

BOOST_AUTO_TEST_CASE(many_changes_are_merged_without_losing_any) {
    Matcher matcher(shipped_lexicon());
    matcher.replace(std::vector{dryer_notice()});
    constexpr int rounds = 25;
    constexpr int notices_a_round = 100;
    for (int round = 0; round < rounds; ++round) {
        std::vector<model::Notice> notices;
        for (int i = 0; i < notices_a_round; ++i) {
            const int number = 10'000 + round * notices_a_round + i;
            notices.push_back(notice_with("a:" + std::to_string(number), "Tasciano",
                                          "TT-" + std::to_string(number)));
        }
        matcher.update(notices);
    }
    BOOST_TEST(matcher.facts().notices == std::size_t(rounds * notices_a_round + 1));
    BOOST_TEST(first(matcher, dryer) == "eu-safety-gate:1");
    for (const int number : {10'000, 11'234, 12'499}) {
        const std::string model_number = "TT-" + std::to_string(number);
        BOOST_TEST(first(matcher, listing("Tasciano dryer", "Tasciano", model_number)) ==
                   "a:" + std::to_string(number));
    }
}

BOOST_AUTO_TEST_CASE(a_notice_is_judged_by_its_best_product) {
    model::Notice notice = dryer_notice();
    model::Product other = notice.products[0];
    other.models = {"VX-9900"};
    other.gtins.clear();
    notice.products.insert(notice.products.begin(), other);
    Matcher matcher(shipped_lexicon());
    matcher.replace(std::vector{notice});
    const CheckResult result = matcher.check(dryer, {.min_score = 0});
    BOOST_TEST_REQUIRE(result.matches.size() == 1U);
    BOOST_TEST(result.matches[0].product == 1);
}

BOOST_AUTO_TEST_CASE(answers_keep_to_the_score_and_number_asked_for) {
    Matcher matcher(shipped_lexicon());
    std::vector<model::Notice> notices;
    for (int i = 0; i < 30; ++i)
        notices.push_back(notice_with("a:" + std::to_string(i), "Velmoro", "VX-2200"));
    matcher.replace(notices);
    BOOST_TEST(matcher.check(dryer, {.min_score = 0, .most = 3}).matches.size() == 3U);
    for (const model::Match& match : matcher.check(dryer, {.min_score = 0.9}).matches)
        BOOST_TEST(match.score >= 0.9);
    const auto all = matcher.check(dryer, {.min_score = 0}).matches;
    for (std::size_t i = 1; i < all.size(); ++i)
        BOOST_TEST(all[i - 1].score >= all[i].score);
}

BOOST_AUTO_TEST_CASE(hostile_listings_are_answered) {
    Matcher matcher(shipped_lexicon());
    matcher.replace(std::vector{dryer_notice(), prose_notice()});
    model::Listing bad;
    BOOST_TEST(matcher.check(bad).matches.empty());
    bad.title = std::string(1U << 20U, 'a');
    BOOST_TEST(matcher.check(bad).matches.empty());
    for (std::string piece : {std::string("Velmoro VX-2200 "), std::string("吹风机用"),
                              std::string("\0x", 2), std::string("\xFF\xC0\x80"),
                              std::string("-/_."), std::string("1 2 3 "), std::string("́")}) {
        std::string title;
        while (title.size() < 1U << 20U)
            title += piece;
        bad.title = title;
        bad.brand = title;
        bad.model = title;
        bad.gtin = title;
        bad.seller = title;
        bad.attributes = {{title.substr(0, 5'000), title}};
        BOOST_CHECK_NO_THROW(matcher.check(bad));
    }
}

BOOST_AUTO_TEST_CASE(hostile_notices_are_taken_in) {
    Matcher matcher(shipped_lexicon());
    std::minstd_rand random(7);
    std::vector<model::Notice> notices;
    for (int i = 0; i < 50; ++i) {
        std::string noise;
        for (int k = 0; k < 3'000; ++k)
            noise += static_cast<char>(random() % 256);
        model::Notice notice = dryer_notice();
        notice.id = "noise:" + std::to_string(i);
        notice.title = {{"en", noise, ""}};
        notice.products[0].name = {{"en", noise, ""}};
        notice.products[0].models = {noise, ""};
        notice.products[0].gtins = {noise};
        notice.products[0].batches = {noise};
        notice.products[0].description = {{"en", "model number " + noise, ""}};
        notices.push_back(notice);
    }
    notices.push_back({});
    notices.back().id = "empty:1";
    BOOST_CHECK_NO_THROW(matcher.replace(notices));
    BOOST_CHECK_NO_THROW(matcher.check(dryer));
}

BOOST_AUTO_TEST_CASE(the_same_question_gets_the_same_answer) {
    Matcher one(shipped_lexicon());
    Matcher two(shipped_lexicon());
    one.replace(std::vector{dryer_notice(), prose_notice()});
    two.replace(std::vector{dryer_notice(), prose_notice()});
    const auto a = one.check(dryer, {.min_score = 0}).matches;
    const auto b = two.check(dryer, {.min_score = 0}).matches;
    BOOST_TEST_REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        BOOST_TEST(a[i].notice == b[i].notice);
        BOOST_TEST(a[i].score == b[i].score);
    }
}

BOOST_AUTO_TEST_CASE(checks_see_a_whole_index_while_it_changes) {
    Matcher matcher(shipped_lexicon());
    matcher.replace(std::vector{dryer_notice()});
    std::atomic<bool> stop = false;
    std::atomic<long> wrong = 0;
    std::atomic<long> checks = 0;
    {
        std::vector<std::jthread> readers;
        for (int i = 0; i < 2; ++i) {
            readers.emplace_back([&] {
                std::uint64_t version = 0;
                while (!stop || checks == 0) {
                    const CheckResult result = matcher.check(dryer, {.min_score = 0.5});
                    // It is always one of the two, never both and never neither.
                    if (result.matches.size() != 1 || result.index_version < version) ++wrong;
                    version = result.index_version;
                    ++checks;
                }
            });
        }
        for (int i = 0; i < 50; ++i) {
            const bool even = i % 2 == 0;
            const std::vector<std::string> gone = {even ? "eu-safety-gate:1" : "other:1"};
            model::Notice next = dryer_notice();
            if (even) next.id = "other:1";
            matcher.update(std::vector{next}, gone);
        }
        stop = true;
    }
    BOOST_TEST(wrong == 0);
    BOOST_TEST(matcher.facts().notices == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace recall::match
