#include "gateway/ingest/document_check.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace recall {
using mapping::DocumentFormat;
using mapping::DocumentRules;

BOOST_AUTO_TEST_SUITE(document_check)

BOOST_AUTO_TEST_CASE(a_document_is_believed_only_in_the_form_its_rules_state) {
    DocumentRules json;
    json.media_types = {"application/json"};
    DocumentRules report;
    report.format = DocumentFormat::xml;
    report.root = "Safety-Gate";
    DocumentRules page;
    page.format = DocumentFormat::html;
    struct Row {
        const DocumentRules& rules;
        const char* type;
        const char* head;
        bool good;
    };
    const Row rows[] = {
        {json, "application/json; charset=utf-8", "[]", true},
        {json, "Application/JSON ;x", " \r\n{\"a\":1}", true},
        {json, "text/html", "[]", false},
        {json, "", "[]", false},
        {json, "application/json", "<!DOCTYPE html><html>", false},
        {json, "application/json", "", false},
        {json, "application/json", "null", false},
        {report, "", "<?xml version=\"1.0\"?><!-- x --> <Safety-Gate>", true},
        {report, "", "\xEF\xBB\xBF<x:Safety-Gate a='1'/>", true},
        {report, "", "<html><body>please wait", false},
        {report, "", "<!doctype HTML>", false},
        {report, "", "<weeklyReport>", false},
        {report, "", "<!-- never ends <Safety-Gate>", false},
        {page, "", "\n<!DOCTYPE HTML>", true},
        {page, "", "{\"error\":1}", false},
    };
    for (const Row& row : rows) {
        BOOST_TEST_CONTEXT(row.type << " | " << row.head) {
            const auto checked = ingest::check_document(row.rules, row.type, row.head);
            BOOST_TEST(checked.ok() == row.good);
            if (!checked) BOOST_TEST((checked.error().code == ErrorCode::wrong_document));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_page_is_whole_when_its_marker_and_its_end_are_there) {
    using ingest::Ending;
    DocumentRules page;
    page.format = DocumentFormat::html;
    page.marker = "control_number";
    DocumentRules report;
    report.format = DocumentFormat::xml;
    const std::string far(200'000, 'x');
    struct Row {
        const DocumentRules& rules;
        std::string text;
        Ending ending;
        const char* code;  // empty: whole
    };
    const Row rows[] = {
        {page, "<HTML>control_number" + far + "</Html>\n<!-- cached -->", Ending::proven, ""},
        {page, "<html>" + far + "control_number</html>", Ending::unproven, ""},
        {page, "<html>" + far + "control_number", Ending::proven, "truncated"},
        {page, "<html>" + far + "control_num", Ending::proven, "wrong-document"},
        {page, "<html>" + far + "</html>", Ending::proven, "wrong-document"},
        {page, "<div>control_number</div>", Ending::proven, ""},
        {page, "<div>control_number</div>", Ending::unproven, "truncated"},
        {report, "<a>" + far, Ending::unproven, ""},
    };
    for (const Row& row : rows) {
        // In small pieces, so that marker and end lie across them.
        std::size_t at = 0;
        const auto checked = ingest::check_content(
            row.rules,
            [&](std::span<char> buffer) {
                const std::size_t size =
                    std::min({buffer.size(), row.text.size() - at, std::size_t(7)});
                std::copy_n(row.text.data() + at, size, buffer.data());
                at += size;
                return size;
            },
            row.ending);
        BOOST_TEST((checked ? "" : spelling(checked.error().code)) == row.code);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
