#include "gateway/xml/cdata_filter.h"

#include <boost/test/unit_test.hpp>

using recall::xml::CdataFilter;

namespace {

std::string filtered(const std::string& text, std::size_t piece) {
    CdataFilter filter;
    std::string out;
    for (std::size_t at = 0; at < text.size(); at += piece)
        out += filter.feed(std::string_view(text).substr(at, piece));
    return out + std::string(filter.finish());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cdata_filter)

BOOST_AUTO_TEST_CASE(sections_become_escaped_text_however_the_bytes_are_cut) {
    const struct {
        const char* in;
        const char* out;
    } cases[] = {
        {"<a><![CDATA[x < y & z]]></a>", "<a>x &lt; y &amp; z</a>"},
        {"<a><![CDATA[]]></a>", "<a></a>"},
        {"<a><![CDATA[a]]]]><![CDATA[>b]]></a>", "<a>a]]&gt;b</a>"},
        {"<a><![CDATA[]]]]></a>", "<a>]]</a>"},
        {"<!-- <![CDATA[ --><a/>", "<!-- <![CDATA[ --><a/>"},
        {"<?p <![CDATA[ ?><a/>", "<?p <![CDATA[ ?><a/>"},
        {"<a>text</a>", "<a>text</a>"},
        {"<a><![CDATA[cut", "<a>cut"},
        {"<a><![CDA", "<a><![CDA"},
        {"", ""},
    };
    for (const auto& row : cases) {
        for (std::size_t piece = 1; piece < 12; ++piece)
            BOOST_TEST(filtered(row.in, piece) == row.out, row.in << " by " << piece);
    }
}

BOOST_AUTO_TEST_SUITE_END()
