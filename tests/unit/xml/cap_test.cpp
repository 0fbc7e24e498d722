// CAP 1.2: the order of elements and the values that it allows.

#include "gateway/xml/cap.h"

#include <boost/test/unit_test.hpp>

#include "gateway/xml/document.h"

namespace recall::xml {

namespace {

constexpr Instant stored{std::chrono::milliseconds(1780000000123)};

model::Notice sample() {
    model::Notice notice;
    notice.id = "xx-test:A, 1<2";
    notice.source = "xx-test";
    notice.revision = 1;
    notice.kind = "recall";
    notice.status = "active";
    notice.jurisdiction = "XX";
    notice.authority = model::Authority{"Office", "XX"};
    notice.url = "https://a.example/1?a=b&c=d";
    notice.title = {{.lang = "en", .text = "Lamp <1>", .made_by = {}},
                    {.lang = "zh", .text = "灯", .made_by = {}}};
    notice.summary = {{.lang = "en", .text = "It burns.", .made_by = {}}};
    notice.risk_level = "serious";
    notice.hazards = {{.code = "fire", .text = {}}, {.code = "burns", .text = {}}};
    notice.measures = {{.code = "refund",
                        .mandatory = {},
                        .operator_role = {},
                        .date = {},
                        .text = {{.lang = "en", .text = "Return it.", .made_by = {}}}}};
    model::Product product;
    product.brands = {"Glimmer"};
    product.models = {"GL-1"};
    notice.products = {product};
    notice.images = {{"https://a.example/p.png", ""}};
    return notice;
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cap)

BOOST_AUTO_TEST_CASE(a_notice_becomes_an_alert_with_its_elements_in_order) {
    const std::string alert = write_cap(sample(), {"Recall", stored, {}});
    BOOST_REQUIRE(parse(alert).ok());
    const std::string expected =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">\n"
        "<identifier>xx-test:A__1_2.1</identifier>\n<sender>xx-test</sender>\n"
        "<sent>2026-05-28T20:26:40-00:00</sent>\n<status>Actual</status>\n"
        "<msgType>Alert</msgType>\n<scope>Public</scope>\n<info>\n<language>en</language>\n"
        "<category>Fire</category>\n<event>Recall</event>\n<responseType>Avoid</responseType>\n"
        "<urgency>Unknown</urgency>\n<severity>Severe</severity>\n<certainty>Possible</certainty>\n"
        "<senderName>Office</senderName>\n<headline>Lamp &lt;1&gt;</headline>\n"
        "<description>It burns.</description>\n<instruction>Return it.</instruction>\n"
        "<web>https://a.example/1?a=b&amp;c=d</web>\n"
        "<parameter>\n<valueName>brand</valueName>\n<value>Glimmer</value>\n</parameter>\n"
        "<parameter>\n<valueName>model</valueName>\n<value>GL-1</value>\n</parameter>\n"
        "<resource>\n<resourceDesc>picture</resourceDesc>\n<mimeType>image/png</mimeType>\n"
        "<uri>https://a.example/p.png</uri>\n</resource>\n"
        "<area>\n<areaDesc>XX</areaDesc>\n</area>\n</info>\n<info>\n<language>zh</language>\n";
    BOOST_TEST(alert.substr(0, expected.size()) == expected);
    BOOST_TEST(alert.ends_with("</info>\n</alert>\n"));
}

BOOST_AUTO_TEST_CASE(a_later_revision_updates_the_one_before_it) {
    model::Notice notice = sample();
    notice.revision = 2;
    const CapOptions options{"Recall", stored, stored - std::chrono::hours(1)};
    const std::string update = write_cap(notice, options);
    BOOST_TEST(holds(update, "<msgType>Update</msgType>"));
    BOOST_TEST(holds(update, "<references>xx-test,xx-test:A__1_2.1,2026-05-28T19:26:40-00:00<"));
    notice.status = "withdrawn";
    BOOST_TEST(holds(write_cap(notice, options), "<msgType>Cancel</msgType>"));
    BOOST_TEST(holds(write_cap(notice, {"Recall", stored, {}}), "<msgType>Alert</msgType>"));
}

BOOST_AUTO_TEST_CASE(what_is_not_for_everybody_says_so) {
    model::Notice notice = sample();
    notice.sensitivity = "amber";
    notice.title.clear();
    notice.language = "en";
    notice.hazards.clear();
    notice.incidents = model::Incidents{"3", "0", "1", {}};
    const std::string alert = write_cap(notice, {"Recall", stored, {}});
    BOOST_TEST(holds(alert, "<scope>Restricted</scope>\n<restriction>sensitivity amber<"));
    BOOST_TEST(holds(alert, "<category>Safety</category>"));
    BOOST_TEST(holds(alert, "<severity>Extreme</severity>\n<certainty>Observed</certainty>"));
    BOOST_TEST(!holds(alert, "<headline>"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::xml
