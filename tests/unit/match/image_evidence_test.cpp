// Pictures as evidence: likeness speaks, in two steps; unlikeness and absence say nothing.

#include <boost/test/unit_test.hpp>

#include "gateway/match/matcher.h"
#include "gateway/match/score.h"

namespace recall::match {
namespace {

using model::PictureHash;

constexpr PictureHash photo{0x0123456789abcdefULL, 0x00ff00ff00ff00ffULL};

// The photo with so many bits of one half turned round.
PictureHash turned(int bits) {
    PictureHash out = photo;
    for (int i = 0; i < bits; ++i)
        out.waves ^= std::uint64_t{1} << static_cast<unsigned>(i * 3);
    return out;
}

model::Notice lamp_notice(const std::string& id) {
    model::Notice notice;
    notice.id = id;
    notice.title = {{"en", "Glimmerhaus lamp recalled", ""}};
    model::Product product;
    product.name = {{"en", "Glimmerhaus table lamp", ""}};
    notice.products = {product};
    return notice;
}

struct Fixture {
    Matcher matcher{std::make_shared<const Lexicon>()};
    PictureBook book;

    Fixture() {
        const std::vector<model::Notice> notices = {lamp_notice("xx:1"), lamp_notice("xx:2")};
        matcher.replace(notices);
        book.add("xx:1", photo);
    }

    std::vector<model::Match> check(const std::string& title, std::vector<PictureHash> pictures) {
        model::Listing listing;
        listing.id = "1";
        listing.title = title;
        return matcher.check(listing, {.min_score = 0.001, .pictures = pictures, .book = &book})
            .matches;
    }
};

double image_weight(const model::Match& match) {
    for (const model::Evidence& evidence : match.evidence) {
        if (evidence.kind == "image") return evidence.weight;
    }
    return 0;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(pictures, Fixture)

BOOST_AUTO_TEST_CASE(a_picture_alone_finds_its_notice_for_review) {
    const auto matches = check("", {turned(1)});
    BOOST_REQUIRE(matches.size() == 1);
    BOOST_TEST(matches[0].notice == "xx:1");
    BOOST_TEST((matches[0].decision == model::Decision::review));
    BOOST_TEST(matches[0].evidence.size() == 2);  // the prior and the picture
    BOOST_TEST(matches[0].evidence[1].notice == to_text(photo));
    BOOST_TEST(matches[0].evidence[1].listing == to_text(turned(1)));
}

BOOST_AUTO_TEST_CASE(likeness_has_two_levels_and_an_end) {
    const double same = facts(Level::image_same).weight;
    const double near = facts(Level::image_near).weight;
    const std::pair<int, double> cases[] = {{0, same}, {6, same}, {7, near}, {10, near}};
    for (const auto& [bits, weight] : cases) {
        const auto matches = check("", {turned(20), turned(bits)});
        BOOST_REQUIRE_MESSAGE(matches.size() == 1, bits);
        BOOST_TEST(image_weight(matches[0]) == weight, bits);
    }
    BOOST_TEST(check("", {turned(11)}).empty());
}

BOOST_AUTO_TEST_CASE(absent_and_other_pictures_change_nothing) {
    const std::string title = "Glimmerhaus table lamp";
    const auto without = check(title, {});
    const auto other = check(title, {turned(20)});
    BOOST_REQUIRE(without.size() == 2);
    BOOST_REQUIRE(other.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        BOOST_TEST(other[i].score == without[i].score);
        BOOST_TEST(other[i].evidence.size() == without[i].evidence.size());
    }
    BOOST_TEST(check("", {}).empty());
}

BOOST_AUTO_TEST_CASE(a_picture_adds_to_what_the_text_says) {
    const std::string title = "Glimmerhaus table lamp";
    const auto without = check(title, {});
    const auto with = check(title, {photo});
    BOOST_REQUIRE(!with.empty());
    BOOST_TEST(with[0].notice == "xx:1");
    BOOST_TEST(with[0].score > without[0].score);
}

BOOST_AUTO_TEST_CASE(a_picture_that_many_notices_show_tells_nothing) {
    for (std::size_t i = 0; i < notices_a_picture_max; ++i)
        book.add("yy:" + std::to_string(i), photo);
    BOOST_TEST(book.near(std::vector{photo}).empty());
    BOOST_TEST(!book.likeness("xx:1", std::vector{photo}).has_value());
}

BOOST_AUTO_TEST_CASE(the_nearest_notices_come_first_and_are_bounded) {
    PictureBook many;
    for (unsigned i = 0; i < 40; ++i)
        many.add("xx:" + std::to_string(i), {photo.waves, photo.slopes ^ std::uint64_t{i}});
    const auto near = many.near(std::vector{photo});
    BOOST_REQUIRE(near.size() == PictureBook::near_max);
    BOOST_TEST(near[0] == "xx:0");
}

BOOST_AUTO_TEST_CASE(notices_that_went_away_are_not_found_by_their_picture) {
    matcher.update({}, std::vector<std::string>{"xx:1"});
    BOOST_TEST(check("", {photo}).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::match
