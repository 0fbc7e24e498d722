// Line ends of texts: kept where the mapping asks for them, and refused where none could be.

#include "gateway/mapping/map_document.h"
#include "tests/unit/mapping/load_text.h"

namespace recall::mapping {
namespace {

Result<Mapping> with_product(const std::string& rules) {
    return load_text(
        "<mapping source=\"aq-test\" version=\"1\">\n"
        "<about title=\"t\" jurisdiction=\"AQ\" language=\"en\" licence=\"l\"/>\n"
        "<record format=\"json\"/>\n<key from=\"id\"/><notice><products>\n" +
        rules + "</products></notice></mapping>");
}

std::string models_of(const std::string& as) {
    const auto mapping = with_product("<models from=\"text\" as=\"" + as + "\"/>");
    BOOST_REQUIRE_MESSAGE(mapping.ok(), (mapping.ok() ? std::string() : mapping.error().text));
    std::string out;
    map_document(*mapping, bytes_source(R"([{"id":"1","text":"A1\n B 2\n\nC3"}])"), {},
                 [&](MappedRecord&& record) {
                     BOOST_REQUIRE(record.notice.has_value());
                     for (const std::string& model : record.notice->products.front().models)
                         out += (out.empty() ? "" : "|") + model;
                 });
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(line_ends)

BOOST_AUTO_TEST_CASE(a_json_text_is_cut_at_its_line_ends) {
    BOOST_TEST(models_of("lines | split('\\n')") == "A1|B 2|C3");
    BOOST_TEST(models_of("source-lines | split('\\n')") == "A1|B 2|C3");
    BOOST_TEST(models_of("raw | split('\\n')") == "A1|B 2|C3");
    BOOST_TEST(models_of("one-line") == "A1 B 2 C3");
}

BOOST_AUTO_TEST_CASE(a_chain_that_cuts_at_line_ends_which_are_not_there_is_refused) {
    const struct {
        const char* rules;
        const char* says;
    } rows[] = {
        {"<models from=\"text\" as=\"split('\\n')\"/>", "expected lines, source-lines or raw"},
        {"<models from=\"text\" as=\"html | before('\\n')\"/>",
         "expected lines, source-lines or raw"},
        {"<models from=\"text\" as=\"split('\\d')\"/>", "only \\n and \\t"},
    };
    for (const auto& row : rows) {
        const auto mapping = with_product(row.rules);
        BOOST_REQUIRE(!mapping.ok());
        BOOST_TEST(mapping.error().text.find(row.says) != std::string::npos, mapping.error().text);
    }
    BOOST_TEST(with_product("<models from=\"text\" as=\"join('\\n') | split('\\n')\"/>").ok());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::mapping
