// Sections of a mapping file that are missing or stand elsewhere: the line, and what was expected.

#include "tests/unit/mapping/load_text.h"

namespace recall::mapping {
namespace {

const std::string begin = "<mapping source=\"aq-test\" version=\"1\">\n";
const std::string about =
    "<about title=\"t\" jurisdiction=\"AQ\" language=\"en\" licence=\"l\"/>\n";
const std::string record = "<record format=\"json\"/>\n";
const std::string key = "<key from=\"id\"/>\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(mapping_sections)

BOOST_AUTO_TEST_CASE(what_is_missing_or_misplaced_is_named_with_its_line) {
    const struct {
        std::string text;
        const char* says;
    } rows[] = {
        {begin + about + record + "<notice/></mapping>", ":4: expected <key> before <notice>"},
        {begin + about + key + "<notice/></mapping>", ":3: expected <record> before <key>"},
        {begin + record + key + "<notice/></mapping>", ":2: expected <about> before <record>"},
        {begin + about + record + key + "</mapping>", ":1: expected <notice>"},
        {begin + about + key + record + "<notice/></mapping>",
         ":4: <record> cannot stand behind <key>"},
        {begin + about + record + key + "<ignore path=\"a\" reason=\"r\"/>\n<notice/></mapping>",
         ":6: <notice> cannot stand behind <ignore>"},
    };
    for (const auto& row : rows) {
        const auto mapping = load_text(row.text);
        BOOST_REQUIRE(!mapping.ok());
        BOOST_TEST(mapping.error().text.ends_with(row.says), mapping.error().text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::mapping
