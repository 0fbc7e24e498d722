#include "gateway/text/normalise.h"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace recall::text {
namespace {

BOOST_AUTO_TEST_SUITE(normalise)

BOOST_AUTO_TEST_CASE(spellings_of_one_text_have_one_normal_form) {
    struct Case {
        std::string_view text, normal;
    };
    const Case cases[] = {
        {"", ""},
        {"  Hot \t Sale\n", "hot sale"},
        {"ＡＢＣ－１２３", "abc-123"},
        {"ﾊﾞｯﾃﾘｰ", "バッテリー"},
        {"Tom &amp; Jerry&#39;s &#x41;", "tom & jerry's a"},
        {"AT&T; &bogus;", "at&t; &bogus;"},
        {"BowFlex® Pro™", "bowflex pro"},
        {"STRASSE Straße", "strasse strasse"},
        {"a\xE2\x80\x8B"
         "b",
         "ab"},
    };
    for (const Case& c : cases)
        BOOST_TEST(normal_form(c.text) == c.normal);
}

BOOST_AUTO_TEST_CASE(keys_forget_accents_kana_kind_and_han_tradition) {
    struct Case {
        std::string_view text, folded;
    };
    const Case cases[] = {
        {"LORÉAL Crème", "loreal creme"},
        {"Łódź Ørsted", "lodz orsted"},
        {"電池 充電器", "电池 充电器"},
        {"バッテリー", "ばってりー"},
        {"がぎ", "がぎ"},
        {"Άλφα", "αλφα"},
    };
    for (const Case& c : cases)
        BOOST_TEST(folded_form(c.text) == c.folded);
    BOOST_TEST(compact_key("L'Oréal – Paris") == "lorealparis");
}

BOOST_AUTO_TEST_CASE(bytes_that_are_not_utf8_become_the_replacement_character) {
    BOOST_TEST(normal_form("a\xFF"
                           "b") ==
               "a\xEF\xBF\xBD"
               "b");
    BOOST_TEST(normal_form(std::string(100'000, '\xC3')).size() == 300'000U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace recall::text
