#include "gateway/ingest/document_check.h"

#include <boost/test/unit_test.hpp>

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

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
