#include "gateway/text/gtin.h"

#include <boost/test/unit_test.hpp>

#include <string_view>

namespace recall::text {
namespace {

BOOST_AUTO_TEST_SUITE(gtin)

BOOST_AUTO_TEST_CASE(numbers_of_every_length_get_fourteen_digits_and_a_class) {
    struct Case {
        std::string_view text, digits;
        GtinClass gtin_class;
    };
    const Case cases[] = {
        {"4006381333931", "04006381333931", GtinClass::global},
        {"036000291452", "00036000291452", GtinClass::global},
        {"96385074", "00000096385074", GtinClass::global},
        {"10036000291459", "10036000291459", GtinClass::global},
        {"4006 3813-33931", "04006381333931", GtinClass::global},
        {"2012345678903", "02012345678903", GtinClass::restricted},
        {"0212345678909", "00212345678909", GtinClass::restricted},
        {"0412345678903", "00412345678903", GtinClass::restricted},
        {"9780306406157", "09780306406157", GtinClass::publication},
        {"9912345678909", "09912345678909", GtinClass::coupon},
    };
    for (const Case& c : cases) {
        const Result<Gtin> read = parse_gtin(c.text);
        BOOST_TEST_CONTEXT(c.text) {
            BOOST_TEST_REQUIRE(read.ok());
            BOOST_TEST(read->digits == c.digits);
            BOOST_TEST(spelling(read->gtin_class) == spelling(c.gtin_class));
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_not_a_gtin_is_refused) {
    for (const std::string_view text : {"", "4006381333932", "123", "00000000", "400638133393A",
                                        "4006381333931000001", "12345678901"}) {
        const Result<Gtin> read = parse_gtin(text);
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST_REQUIRE(!read.ok());
            BOOST_TEST(spelling(read.error().code) == spelling(ErrorCode::bad_gtin));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_pack_and_its_unit_share_the_unit_number) {
    BOOST_TEST(unit_gtin("10036000291459") == "00036000291452");
    BOOST_TEST(unit_gtin("00036000291452") == "00036000291452");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace recall::text
