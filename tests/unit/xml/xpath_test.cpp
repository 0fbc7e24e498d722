#include "gateway/xml/xpath.h"

#include <boost/test/unit_test.hpp>

namespace recall::xml {

BOOST_AUTO_TEST_SUITE(xpaths)

BOOST_AUTO_TEST_CASE(plain_steps_and_full_xpath_find_the_same) {
    const auto document =
        parse("<r><d>1</d><p a='x' class='k l'><n>one</n><n>two</n></p><p><n>three</n></p></r>");
    BOOST_REQUIRE(document.ok());
    const Node first = document->root().child("p");
    const struct {
        const char* path;
        const char* texts;
    } cases[] = {
        {"n", "one two "},
        {"./n", "one two "},
        {"../d", "1 "},
        {"../p/n", "one two three "},
        {"@a", "x "},
        {".", "onetwo "},
        {"n[2]", "two "},
        {"../p[not(@a)]/n", "three "},
        {"x", ""},
        {"../*[has-class('l')]/n", "one two "},
        {"../*[has-class('m')]", ""},
        {"n | ../d", "1 one two "},
    };
    for (const auto& row : cases) {
        const auto xpath = XPath::compile(row.path);
        BOOST_REQUIRE_MESSAGE(xpath.ok(), row.path);
        std::string texts;
        for (const Node node : xpath->nodes(first))
            texts += node.text() + " ";
        BOOST_TEST(texts == row.texts, row.path);
    }
    BOOST_TEST(XPath::compile("concat(n, '-', ../d)")->text(first) == "one-1");
    BOOST_TEST(XPath::compile("@a = 'x'")->holds(first));
    BOOST_TEST(!XPath::compile("@a = 'y'")->holds(first));
}

BOOST_AUTO_TEST_CASE(a_wrong_expression_is_refused) {
    for (const char* path : {"", "a[", "a//", "nosuch(a)", "has-class()", "q:a"}) {
        BOOST_TEST(!XPath::compile(path).ok(), path);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::xml
