#include "gateway/ops/notice_page.h"

#include <boost/test/unit_test.hpp>

using recall::ops::notice_page;
using recall::ops::PageLanguage;
namespace mapping = recall::mapping;
namespace model = recall::model;

namespace {

const mapping::CodeTables& tables() {
    static const auto loaded = mapping::CodeTables::load(RECALLGW_SOURCE_DIR "/mappings/codes");
    return *loaded;
}

bool holds(const std::string& page, const std::string& text) {
    return page.find(text) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(notice_pages)

BOOST_AUTO_TEST_CASE(a_page_tells_the_notice_in_words_of_its_language) {
    model::Notice notice;
    notice.id = "xx-test:1";
    notice.kind = "recall";
    notice.title = {{.lang = "ja", .text = "ランプ", .made_by = {}}};
    notice.hazards = {{.code = "electric_shock", .text = {}}};
    model::Product product;
    product.brands = {"Glimmer", "Glint"};
    notice.products = {product};
    const std::string english = notice_page(notice, tables(), PageLanguage::english);
    BOOST_TEST(holds(english, "<html lang=\"en\">"));
    BOOST_TEST(holds(english, "<h1 lang=\"ja\">ランプ</h1>"));
    BOOST_TEST(holds(english, "<dt>Brands</dt><dd>Glimmer, Glint</dd>"));
    BOOST_TEST(holds(english, "Electric shock"));
    const std::string chinese = notice_page(notice, tables(), PageLanguage::chinese);
    BOOST_TEST(holds(chinese, "<dt>类型</dt><dd>召回</dd>"));
    BOOST_TEST(holds(chinese, "<h2>危害</h2>"));
}

BOOST_AUTO_TEST_CASE(a_page_begins_with_the_line_of_codes) {
    model::Notice notice;
    notice.id = "xx-test:1";
    notice.kind = "recall";
    notice.hazards = {{.code = "fire", .text = {}}};
    BOOST_TEST(holds(notice_page(notice, tables(), PageLanguage::english), ">Fire · Recall<"));
    BOOST_TEST(holds(notice_page(notice, tables(), PageLanguage::chinese), ">火灾 · 召回<"));
}

BOOST_AUTO_TEST_CASE(a_text_of_a_machine_says_so) {
    model::Notice notice;
    notice.id = "xx-test:1";
    notice.title = {{.lang = "ja", .text = "ランプ", .made_by = {}},
                    {.lang = "zh-CN", .text = "灯", .made_by = "machine"}};
    BOOST_TEST(holds(notice_page(notice, tables(), PageLanguage::english),
                     "lang=\"zh-CN\">灯 <small>(machine translation)</small>"));
    BOOST_TEST(holds(notice_page(notice, tables(), PageLanguage::chinese),
                     "lang=\"zh-CN\">灯 <small>(机器翻译)</small>"));
}

BOOST_AUTO_TEST_CASE(what_comes_from_outside_cannot_run) {
    model::Notice notice;
    notice.id = "xx-test:1";
    notice.title = {
        {.lang = "en\" onclick=\"x", .text = "<script>alert(1)</script>", .made_by = {}}};
    notice.url = "javascript:alert(1)";
    notice.documents = {{"https://a.example/\"onmouseover=\"x", "<b>"}};
    notice.images = {{"data:text/html,x", ""}};
    const std::string page = notice_page(notice, tables(), PageLanguage::english);
    BOOST_TEST(!holds(page, "<script"));
    BOOST_TEST(!holds(page, "<b>"));
    BOOST_TEST(!holds(page, "href=\"javascript"));
    BOOST_TEST(!holds(page, "href=\"data"));
    BOOST_TEST(!holds(page, "\"onmouseover"));
    BOOST_TEST(!holds(page, "\" onclick"));
}

BOOST_AUTO_TEST_SUITE_END()
