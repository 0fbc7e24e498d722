// Notices made of parts: which part is believed for which member.

#include "gateway/mapping/merge_notices.h"

#include <boost/test/unit_test.hpp>

namespace recall::mapping {

namespace {

using model::Notice;

Notice report() {
    Notice out;
    out.id = "xx-test:7";
    out.source = "xx-test";
    out.number = "A/1";
    out.language = "en";
    out.risk_level = "serious";
    out.title = {{"en", "Toy bear", {}}};
    model::Product product;
    product.gtins = {"04006381333931", "04006381333955"};
    product.batches = {"L 1"};
    product.name = {{"en", "Bear", {}}};
    out.products = {product};
    out.hazards = {{"choking", {{"en", "Small parts", {}}}}, {"fire", {}}};
    out.documents = {{"https://a.example/", ""}};
    out.provenance = model::Provenance{"2026-01-02T00:00:00Z", "aa", "xx-test@1", {}};
    return out;
}

Notice detail(const std::string& language, const std::string& word) {
    Notice out;
    out.id = "xx-test:7";
    out.source = "xx-test";
    out.number = "A/2";
    out.language = language;
    out.title = {{language, word, {}}};
    model::Product product;
    product.gtins = {"04006381333948"};
    product.name = {{language, word, {}}};
    out.products = {product};
    out.hazards = {{"choking", {{language, word, {}}}}, {"burns", {}}};
    out.documents = {{"https://b.example/", ""}};
    out.provenance = model::Provenance{"2026-01-03T00:00:00Z", "bb", "xx-test@1", {}};
    return out;
}

const Merging merging{{"remark", "detail", "report"},
                      {{"language", {"report", "detail"}, false},
                       {"products/batches", {"detail"}, false},
                       {"summary", {"remark"}, true},
                       {"documents", {"detail", "report"}, true}}};

std::vector<Remark> no_remarks(const std::string&) { return {}; }

std::string said(const model::Texts& texts) {
    std::string out;
    for (const model::Text& text : texts)
        out += (out.empty() ? "" : ", ") + text.lang + " " + text.text;
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(merge_notices)

BOOST_AUTO_TEST_CASE(each_member_is_that_of_the_part_most_trusted_with_it) {
    const Notice out = assembled(
        merging, "en", {{"report", report()}, {"detail", detail("fr", "Ours")}}, no_remarks);
    BOOST_TEST(out.id == "xx-test:7");
    BOOST_TEST(out.number == "A/2");
    BOOST_TEST(out.language == "en");
    BOOST_TEST(out.risk_level == "serious");
    BOOST_REQUIRE(out.products.size() == 1U);
    BOOST_TEST(out.products[0].gtins.size() == 1U);
    BOOST_TEST(out.products[0].batches.empty());
    BOOST_TEST(out.documents.size() == 2U);
    BOOST_TEST(out.documents[0].url == "https://b.example/");
}

BOOST_AUTO_TEST_CASE(texts_come_in_every_language_from_the_first_part_that_has_it) {
    const Notice out = assembled(
        merging, "en",
        {{"report", report()}, {"detail", detail("fr", "Ours")}, {"detail", detail("en", "Bear")}},
        no_remarks);
    BOOST_TEST(said(out.title) == "en Bear, fr Ours");
    BOOST_TEST(said(out.products[0].name) == "en Bear, fr Ours");
}

BOOST_AUTO_TEST_CASE(a_text_is_lent_only_to_what_has_the_same_code_in_a_list_as_long) {
    Notice other = report();
    const Notice out =
        assembled(merging, "en", {{"report", other}, {"detail", detail("fr", "Ours")}}, no_remarks);
    BOOST_TEST(out.hazards[0].code == "choking");
    BOOST_TEST(said(out.hazards[0].text) == "fr Ours, en Small parts");
    BOOST_TEST(out.hazards[1].code == "burns");
    other.hazards.pop_back();
    const Notice shorter =
        assembled(merging, "en", {{"report", other}, {"detail", detail("fr", "Ours")}}, no_remarks);
    BOOST_TEST(said(shorter.hazards[0].text) == "fr Ours");
}

BOOST_AUTO_TEST_CASE(the_origin_is_that_of_the_part_retrieved_last_with_the_issues_of_all) {
    Notice first = report();
    Notice second = detail("fr", "Ours");
    first.provenance->issues = {make_issue(ErrorCode::bad_gtin, "a", "1")};
    second.provenance->issues = {make_issue(ErrorCode::bad_gtin, "a", "1"),
                                 make_issue(ErrorCode::unmapped, "b", "2")};
    const Notice out =
        assembled(merging, "en", {{"report", first}, {"detail", second}}, no_remarks);
    BOOST_REQUIRE(out.provenance.has_value());
    BOOST_TEST(out.provenance->raw_sha256 == "bb");
    BOOST_TEST(out.provenance->issues.size() == 2U);
}

BOOST_AUTO_TEST_CASE(remarks_follow_a_notice_from_number_to_number_and_the_later_counts) {
    const auto remark = [](const char* date, const char* number, const char* status) {
        Remark out{"remark", {}, {}, date};
        out.notice.number = number;
        out.notice.status = status;
        out.notice.summary = {{"en", std::string("said on ") + date, {}}};
        return out;
    };
    std::vector<std::string> asked;
    const Notice out =
        assembled(merging, "en", {{"report", report()}}, [&](const std::string& number) {
            asked.push_back(number);
            std::vector<Remark> found;
            if (number == "A/1") found = {remark("2026-01-01", "B/1", "withdrawn")};
            if (number == "B/1")
                found = {remark("2026-02-01", "", "active"), remark("2026-01-15", "A/1", "")};
            return found;
        });
    const std::vector<std::string> numbers = {"A/1", "B/1"};
    BOOST_TEST(asked == numbers, boost::test_tools::per_element());
    BOOST_TEST(out.number == "A/1");
    BOOST_TEST(out.status == "active");
    BOOST_TEST(out.summary.size() == 3U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::mapping
