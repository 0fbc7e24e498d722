// The record tree: what is parsed, what is refused, and with which code.
#include <boost/test/unit_test.hpp>

#include "gateway/xml/document.h"

namespace recall::xml {

BOOST_AUTO_TEST_SUITE(document)

BOOST_AUTO_TEST_CASE(what_is_not_bounded_well_formed_xml_is_refused_with_its_code) {
    const auto nested = [](std::size_t depth) {
        std::string text;
        for (std::size_t i = 0; i < depth; ++i)
            text += "<a>";
        return text;
    };
    struct Row {
        std::string bytes;
        ErrorCode code;
    };
    const Row rows[] = {
        {"", ErrorCode::bad_xml},
        {"<a>", ErrorCode::bad_xml},
        {"<a></b>", ErrorCode::bad_xml},
        {std::string("<a>\0</a>", 8), ErrorCode::bad_encoding},
        {"<a>\xff</a>", ErrorCode::bad_encoding},
        {"<!DOCTYPE a><a/>", ErrorCode::doctype},
        {"<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", ErrorCode::doctype},
        {"<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", ErrorCode::doctype},
        {"<a>&b;</a>", ErrorCode::bad_xml},
        {nested(100'000), ErrorCode::limit},
        {"<a>" + std::string(9U << 20U, 'x') + "</a>", ErrorCode::limit},
    };
    for (const Row& row : rows) {
        const Result<Document> parsed = parse(row.bytes);
        BOOST_REQUIRE_MESSAGE(!parsed.ok(), row.bytes.substr(0, 60));
        BOOST_CHECK_MESSAGE(parsed.error().code == row.code,
                            row.bytes.substr(0, 60) + " gave " + parsed.error().line());
    }
}

BOOST_AUTO_TEST_CASE(each_limit_has_its_own_bound) {
    const std::string bytes = "<a><b><c>text</c></b><b/></a>";
    BOOST_TEST(parse(bytes, {.bytes_max = 29}).ok());
    BOOST_CHECK(!parse(bytes, {.bytes_max = 28}).ok());
    BOOST_CHECK(!parse(bytes, {.depth_max = 2}).ok());
    BOOST_CHECK(!parse(bytes, {.nodes_max = 3}).ok());
    BOOST_CHECK(!parse(bytes, {.text_bytes_max = 3}).ok());
}

BOOST_AUTO_TEST_CASE(a_node_knows_its_text_path_and_marks) {
    const Document document = *parse("<r><p><n>a<![CDATA[&b]]></n></p></r>");
    const Node name = document.root().child("p").child("n");
    BOOST_TEST(name.text() == "a&b");
    BOOST_TEST(name.path() == "p/n");
    BOOST_TEST(!name.marked(Mark::read));
    name.mark(Mark::read);
    BOOST_TEST(name.marked(Mark::read));
    BOOST_TEST(!name.marked(Mark::ignored));
    BOOST_CHECK(!document.root().child("absent"));
}

BOOST_AUTO_TEST_CASE(html_is_read_in_the_encoding_that_was_stated) {
    const Document page = *parse_html("<html><p class=x>リコール<br>製品", "UTF-8");
    BOOST_TEST(page.root().child("body").child("p").text() == "リコール製品");
    BOOST_CHECK(parse_html("<p>\xff</p>", "UTF-8").error().code == ErrorCode::bad_encoding);
    BOOST_CHECK(parse_html(std::string_view("<p>\0</p>", 8), "UTF-8").error().code ==
                ErrorCode::bad_html);
}

BOOST_AUTO_TEST_CASE(a_name_that_xml_forbids_is_made_into_one_it_allows) {
    BOOST_TEST(xml_name("What you should do") == "What_you_should_do");
    BOOST_TEST(xml_name("2nd") == "_2nd");
    BOOST_TEST(xml_name("a:b<c") == "a_b_c");
    BOOST_TEST(xml_name("") == "_");
    BOOST_TEST(xml_name("番号") == "番号");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::xml
