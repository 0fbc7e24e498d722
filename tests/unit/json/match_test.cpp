#include "gateway/json/match_json.h"

#include <boost/test/unit_test.hpp>

#include "gateway/json/parse.h"

namespace recall::json {
namespace {

model::Match example() {
    model::Match match;
    match.listing = "L\"1";
    match.notice = "eu-safety-gate:1";
    match.product = 2;
    match.score = 0.97310000000000001;
    match.decision = model::Decision::review;
    match.evidence = {{"prior", false, -3.47, "", ""},
                      {"brand", true, 1.0 / 3, "Velmoro", "维尔\nVelmoro"},
                      {"name", true, 0.00004, "a", ""},
                      {"size", false, -0.00001, "", "b"}};
    return match;
}

BOOST_AUTO_TEST_SUITE(match_json)

BOOST_AUTO_TEST_CASE(a_match_is_one_line_in_a_fixed_order) {
    std::string line;
    append_match_line(line, example());
    BOOST_TEST(line ==
               "{\"listing\":\"L\\\"1\",\"notice\":\"eu-safety-gate:1\",\"product\":2,"
               "\"score\":0.9731,\"decision\":\"review\",\"evidence\":["
               "{\"kind\":\"prior\",\"for\":false,\"weight\":-3.47},"
               "{\"kind\":\"brand\",\"for\":true,\"weight\":0.3333,\"notice\":\"Velmoro\","
               "\"listing\":\"维尔\\nVelmoro\"},"
               "{\"kind\":\"name\",\"for\":true,\"weight\":0,\"notice\":\"a\"},"
               "{\"kind\":\"size\",\"for\":false,\"weight\":0,\"listing\":\"b\"}]}\n");
}

BOOST_AUTO_TEST_CASE(lines_are_appended_and_read_back) {
    std::string lines;
    append_match_line(lines, example());
    const std::size_t first = lines.size();
    model::Match without;
    without.listing = "x";
    without.notice = "y";
    append_match_line(lines, without);
    for (const std::string& line : {lines.substr(0, first), lines.substr(first)})
        BOOST_TEST(parse(line).ok(), line);
    BOOST_TEST(lines.substr(first) ==
               "{\"listing\":\"x\",\"notice\":\"y\",\"product\":0,\"score\":0,"
               "\"decision\":\"no_match\",\"evidence\":[]}\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace recall::json
