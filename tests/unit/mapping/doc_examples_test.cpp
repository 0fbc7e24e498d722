// The whole mappings that docs/adding-a-feed.md shows, on the documents that it shows before them.

#include <boost/test/unit_test.hpp>

#include <fstream>

#include "gateway/mapping/map_document.h"
#include "tests/unit/mapping/load_text.h"

namespace recall::mapping {
namespace {

struct Block {
    std::string language;
    std::string text;
};

// The fenced blocks of a page of Markdown.
std::vector<Block> blocks_of(const std::string& path) {
    std::vector<Block> out;
    std::ifstream page(path);
    bool is_inside = false;
    for (std::string line; std::getline(page, line);) {
        if (line.starts_with("```")) {
            is_inside = !is_inside;
            if (is_inside) out.push_back({line.substr(3), ""});
        } else if (is_inside) {
            out.back().text += line + "\n";
        }
    }
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(doc_examples)

BOOST_AUTO_TEST_CASE(the_mappings_shown_map_the_documents_shown_without_an_issue) {
    const std::string root = RECALLGW_SOURCE_DIR;
    const auto blocks = blocks_of(root + "/docs/adding-a-feed.md");
    int shown = 0;
    for (std::size_t i = 1; i < blocks.size(); ++i) {
        if (blocks[i].text.find("<mapping ") == std::string::npos) continue;
        ++shown;
        const auto mapping = load_text(blocks[i].text);
        BOOST_REQUIRE_MESSAGE(mapping.ok(), (mapping.ok() ? std::string() : mapping.error().text));
        std::vector<model::Notice> notices;
        const auto outcome = map_document(
            *mapping, bytes_source(blocks[i - 1].text), {}, [&](MappedRecord&& record) {
                for (const Issue& issue : record.issues)
                    BOOST_ERROR(mapping->source << ": " << spelling(issue.code) << " " << issue.path
                                                << "=" << issue.value);
                if (record.notice) notices.push_back(*record.notice);
            });
        BOOST_TEST(!outcome.broken, (outcome.broken ? outcome.broken->text : std::string()));
        BOOST_TEST_CONTEXT(mapping->source) {
            BOOST_REQUIRE(notices.size() == 1U);
            const model::Notice& notice = notices.front();
            BOOST_TEST(!notice.products.empty());
            BOOST_TEST(!notice.hazards.empty());
            BOOST_TEST(notice.hazards.front().code != "other");
            BOOST_TEST(!notice.measures.empty());
            BOOST_TEST(notice.images.size() == 1U);
        }
    }
    BOOST_TEST(shown == 2);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::mapping
