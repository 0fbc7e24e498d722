// Labels of pages and the values beside them.

#include <boost/test/unit_test.hpp>

#include "gateway/xml/xpath.h"

namespace recall::xml {
namespace {

std::string values_of(const std::string& body, const char* path) {
    const auto page = parse_html("<html><body>" + body + "</body></html>", "UTF-8");
    BOOST_REQUIRE(page.ok());
    std::string out;
    for (const Node node : XPath::compile(path)->nodes(page->root()))
        out += (out.empty() ? "" : "|") + node.text();
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(labels)

BOOST_AUTO_TEST_CASE(a_label_leads_to_its_value_wherever_pages_put_it) {
    const struct {
        const char* body;
        const char* value;
    } cases[] = {
        {"<table><tr><td>Name</td><td>kettle</td></tr></table>", "kettle"},
        {"<table><tr><td><p><b>Name</b></p></td><td>a</td><td>b</td></tr></table>", "a"},
        {"<table><tr><td>x</td><td>1</td><td>Name</td><td>2</td></tr></table>", "2"},
        {"<table><tr><th>Name</th><td>kettle</td></tr></table>", "kettle"},
        {"<table><tr><th>x</th><th>Name</th></tr><tr><td>1</td><td>a</td></tr><tr><td>2</td>"
         "<td>b</td></tr></table>",
         "a|b"},
        {"<table><thead><tr><th>Name</th></tr></thead><tbody><tr><td>a</td></tr></tbody></table>",
         "a"},
        {"<dl><dt>Name</dt><dd>a</dd><dd>b</dd><dt>x</dt><dd>c</dd></dl>", "a|b"},
        {"<h2>Name</h2><p>a</p><ul><li>b</li></ul><h3>x</h3><p>c</p>", "a|b"},
        {"<div class='h'><h2>Name</h2></div><p>a</p><p>b</p><div class='h'><h2>x</h2></div><p>c",
         "a|b"},
        {"<div><span>Name:</span><span class='v'>a</span></div>", "a"},
        {"<p><strong>Name</strong> a <i>b</i></p>", " a |b"},
        {"<div class='l'>Name</div><div class='v'>a</div><div class='l'>x</div><div class='v'>c",
         "a"},
        {"<p>x</p><p>1</p><p>Name</p><p>a</p><p>y</p><p>2</p>", "a"},
        {"<h2>Name of it</h2><p>a</p>", ""},
        {"<h2>Nam</h2><p>a</p>", ""},
        {"<p>Name</p>", ""},
        {"<h2>Name</h2>", ""},
        {"", ""},
    };
    for (const auto& row : cases)
        BOOST_TEST(values_of(row.body, "labelled('Name')") == row.value, row.body);
}

BOOST_AUTO_TEST_CASE(blanks_width_case_and_a_colon_make_no_other_label) {
    for (const char* label :
         {"型号/规格", " 型 号／规　格 ： ", "型号\n/规格:", "型<b>号/</b>规格"}) {
        const std::string row =
            std::string("<table><tr><td>") + label + "</td><td>A-1</td></tr></table>";
        BOOST_TEST(values_of(row, "labelled('型号/规格')") == "A-1", label);
    }
    BOOST_TEST(values_of("<h3>PROBLEM</h3><p>a</p>", "labelled('Problem:')") == "a");
}

BOOST_AUTO_TEST_CASE(a_wrong_call_is_refused) {
    BOOST_TEST(!XPath::compile("labelled()").ok());
    BOOST_TEST(!XPath::compile("labelled('a', 'b')").ok());
    BOOST_TEST(XPath::compile("labelled('')")->nodes(Document::create("r").root()).empty());
}

BOOST_AUTO_TEST_CASE(a_page_says_its_own_encoding) {
    const std::string kana = "\x83\x4A";  // カ
    const auto page = [&](const char* meta) {
        return "<html><head>" + std::string(meta) + "</head><body><p>" + kana +
               "</p></body></html>";
    };
    for (const char* meta :
         {"<meta charset=Shift_JIS>", "<META CHARSET='shift_jis'>",
          "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=Shift_JIS\">"}) {
        const auto tree = parse_html(page(meta), declared_encoding);
        BOOST_REQUIRE_MESSAGE(tree.ok(), meta);
        BOOST_TEST(XPath::compile(".//p")->text(tree->root()) == "カ", meta);
    }
    const auto silent = parse_html(page(""), declared_encoding);
    BOOST_REQUIRE(!silent.ok());
    BOOST_CHECK(silent.error().code == ErrorCode::bad_encoding);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::xml
