// What is said of a document that the <record> of a mapping does not fit.

#include <boost/test/unit_test.hpp>

#include "gateway/mapping/map_document.h"
#include "tests/unit/mapping/load_text.h"

namespace recall::mapping {
namespace {

std::string complaint(const std::string& record, const std::string& bytes) {
    const auto mapping = load_text(
        "<mapping source=\"aq-test\" version=\"1\">\n"
        "<about title=\"t\" jurisdiction=\"AQ\" language=\"en\" licence=\"l\"/>\n" +
        record + "<key from=\"id\"/><notice/></mapping>");
    BOOST_REQUIRE_MESSAGE(mapping.ok(), (mapping.ok() ? std::string() : mapping.error().text));
    const auto outcome = map_document(*mapping, bytes_source(bytes), {}, [](MappedRecord&&) {});
    return outcome.broken ? outcome.broken->text : "nothing";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(wrong_documents)

BOOST_AUTO_TEST_CASE(a_path_that_leads_to_no_array_is_told_with_what_is_there) {
    const std::string record = "<record format=\"json\" path=\"item\"/>";
    BOOST_TEST(
        complaint(record, R"({"total":1, "page" : 1,"p\"s":{"in":2},"items":[{"id":"1"}]})") ==
        "there is no array at item; the document has: total page p\\\"s items");
    BOOST_TEST(complaint(record, R"([{"id":"1"}])") ==
               "there is no array at item; the document is an array itself, which needs no path");
}

BOOST_AUTO_TEST_CASE(another_format_is_told_with_the_one_expected) {
    BOOST_TEST(complaint("<record format=\"xml\" path=\"a/b\"/>", R"({"items":[]})") ==
               "the document looks like JSON that aq-test does not send: <record> says xml");
    BOOST_TEST(complaint("<record format=\"json\"/>", "<html><p>denied</p></html>") ==
               "the document looks like HTML that aq-test does not send: <record> says json");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::mapping
