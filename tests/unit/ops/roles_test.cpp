#include "gateway/ops/roles.h"

#include <boost/test/unit_test.hpp>

using recall::ErrorCode;
using recall::ops::read_roles;
using recall::ops::Roles;

BOOST_AUTO_TEST_SUITE(roles)

BOOST_AUTO_TEST_CASE(roles_are_those_named_and_all_when_none_is) {
    struct Case {
        std::vector<std::string> given;
        const char* text;
    };
    const Case cases[] = {
        {{}, "poll,match,deliver,http"}, {{"http"}, "http"},
        {{"http,poll"}, "poll,http"},    {{"match", "deliver"}, "match,deliver"},
        {{"http", "http"}, "http"},
    };
    for (const Case& row : cases) {
        const auto read = read_roles(row.given);
        BOOST_REQUIRE(read.ok());
        BOOST_TEST(to_text(*read) == row.text);
    }
}

BOOST_AUTO_TEST_CASE(a_word_that_is_no_role_is_refused_with_its_near_miss) {
    for (const char* wrong : {"", "htpp", "http,", "poll match", "all"}) {
        const auto read = read_roles({wrong});
        BOOST_REQUIRE_MESSAGE(!read.ok(), wrong);
        BOOST_CHECK(read.error().code == ErrorCode::usage);
    }
    BOOST_TEST(read_roles({"htpp"}).error().text.find("did you mean http?") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
