#include "gateway/mapping/join_languages.h"

#include <boost/test/unit_test.hpp>

namespace recall::mapping {

namespace {

MappedRecord half(long number, const std::string& key, const std::string& language) {
    MappedRecord out;
    out.number = number;
    out.key = key;
    out.notice.emplace();
    out.notice->language = language;
    out.notice->title = {{language, "title in " + language, ""}};
    out.notice->products.resize(1);
    out.notice->products[0].name = {{language, "name in " + language, ""}};
    return out;
}

MappedRecord bad(long number, const std::string& key) {
    MappedRecord out;
    out.number = number;
    out.key = key;
    out.is_quarantined = true;
    out.raw = "raw";
    out.issues = {make_issue(ErrorCode::missing_field, "title", "")};
    return out;
}

std::string titles(const MappedRecord& record) {
    std::string out;
    for (const model::Text& text : record.notice.value().title)
        out += text.lang + " ";
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(joined_languages)

BOOST_AUTO_TEST_CASE(records_of_one_key_become_one_notice_in_both_languages) {
    LanguageJoin join("en");
    join.add(half(1, "a", "es"));
    join.add(half(2, "b", "en"));
    join.add(half(3, "a", "en"));
    join.add(half(4, "c", "es"));
    const auto out = join.take();
    BOOST_REQUIRE(out.size() == 3);
    BOOST_TEST(out[0].key == "a");
    BOOST_TEST(out[0].number == 1);
    BOOST_TEST(out[0].notice->language == "en");
    BOOST_TEST(titles(out[0]) == "en es ");
    BOOST_TEST(out[0].notice->products[0].name.size() == 2);
    BOOST_TEST(titles(out[1]) == "en ");
    BOOST_TEST(titles(out[2]) == "es ");  // alone it is the notice
    BOOST_TEST(join.take().empty());
}

BOOST_AUTO_TEST_CASE(a_half_in_quarantine_takes_the_whole_with_it) {
    LanguageJoin join("en");
    join.add(half(1, "a", "en"));
    join.add(bad(2, "a"));
    join.add(bad(3, ""));
    join.add(bad(4, ""));
    const auto out = join.take();
    BOOST_REQUIRE(out.size() == 3);
    BOOST_TEST(out[0].is_quarantined);
    BOOST_TEST(!out[0].notice.has_value());
    BOOST_TEST(out[0].raw == "raw");
    BOOST_TEST(out[0].issues.size() == 1);
}

BOOST_AUTO_TEST_CASE(two_of_one_language_are_not_joined) {
    LanguageJoin join("en");
    join.add(half(1, "a", "en"));
    join.add(half(2, "a", "en"));
    BOOST_TEST(join.take().size() == 2);
}

BOOST_AUTO_TEST_CASE(other_product_lists_lend_their_texts_to_the_first_product) {
    MappedRecord main = half(1, "a", "en");
    MappedRecord other = half(2, "a", "es");
    other.notice->products.resize(2);
    other.notice->products[1].name = {{"es", "second", ""}};
    LanguageJoin join("en");
    join.add(std::move(main));
    join.add(std::move(other));
    const auto out = join.take();
    BOOST_REQUIRE(out.size() == 1);
    BOOST_TEST(out[0].notice->products[0].description.size() == 2);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::mapping
