#include "gateway/mapping/template.h"

#include <boost/test/unit_test.hpp>

namespace recall::mapping {

namespace {

std::string found(const char* form, const std::string& text) {
    const auto compiled = Template::compile(form);
    BOOST_REQUIRE(compiled.ok());
    const auto matches = compiled->match_all(text);
    std::string out;
    for (const auto& captures : matches.found) {
        for (const auto& [name, value] : captures)
            out += name + "=" + value + " ";
        out += "; ";
    }
    return out + "rest=" + matches.residue;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(text_forms)

BOOST_AUTO_TEST_CASE(a_form_is_found_again_and_again_and_the_rest_is_told) {
    BOOST_TEST(found("{m}({i}) /", "Ali(1) / Other() /") == "m=Ali i=1 ; m=Other i= ; rest=");
    BOOST_TEST(found("{m}({i}) /", "Ali(1) / loose") == "m=Ali i=1 ; rest=loose");
    BOOST_TEST(found("A: {x}B: {y}", "A: 1B: 2A: 3 B:4") == "x=1 y=2 ; x=3 y=4 ; rest=");
    BOOST_TEST(found("A: {x}B: {y}", "noise A: 1B: 2") == "x=1 y=2 ; rest=noise");
    BOOST_TEST(found("A: {x}B: {y}", "A: 1") == "rest=A: 1");
    BOOST_TEST(found("A: {x}B: {y}", "") == "rest=");
}

BOOST_AUTO_TEST_CASE(a_form_that_cannot_work_is_refused) {
    for (const char* form : {"", "no hole", "{a}{b}", "{", "{}", "{a"})
        BOOST_TEST(!Template::compile(form).ok());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::mapping
