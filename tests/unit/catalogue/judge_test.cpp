#include "gateway/catalogue/judge.h"

#include <boost/test/unit_test.hpp>

using recall::ErrorCode;
namespace catalogue = recall::catalogue;

namespace {

std::string with(const std::string& members) {
    return R"({"id":"1","platform":"p","title":"t")" + (members.empty() ? "" : "," + members) + "}";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(judging)

BOOST_AUTO_TEST_CASE(a_row_is_refused_for_each_member_that_is_not_what_it_must_be) {
    struct Row {
        std::string json;
        const char* member;
        ErrorCode code;
    };
    const Row rows[] = {
        {R"({"platform":"p","title":"t"})", "id", ErrorCode::missing_field},
        {R"({"id":"1","platform":"p"})", "title", ErrorCode::missing_field},
        {R"({"id":"1","title":"t"})", "platform", ErrorCode::missing_field},
        {R"({"id":"","platform":"p","title":"t"})", "id", ErrorCode::missing_field},
        {with(R"("brand":")" + std::string(2000, 'b') + "\""), "brand", ErrorCode::limit},
        {with(R"("url":"www.shop.example/1")"), "url", ErrorCode::bad_value},
        {with(R"("url":"https:///1")"), "url", ErrorCode::bad_value},
        {with(R"("url":"https://a.example/a b")"), "url", ErrorCode::bad_value},
        {with(R"("url":"https://user@a.example/")"), "url", ErrorCode::bad_value},
        {with(R"("url":"javascript:a")"), "url", ErrorCode::bad_value},
        {with(R"("image_urls":["https://a.example/1","x"])"), "image_urls", ErrorCode::bad_value},
        {with(R"("price":"1,5")"), "price", ErrorCode::bad_number},
        {with(R"("price":"-1")"), "price", ErrorCode::bad_number},
        {with(R"("price":1e3)"), "price", ErrorCode::bad_number},
        {with(R"("price":"1.")"), "price", ErrorCode::bad_number},
        {with(R"("currency":"yuan")"), "currency", ErrorCode::bad_value},
        {with(R"("origin_country":"China")"), "origin_country", ErrorCode::bad_value},
        {with(R"("lang":"zh_CN")"), "lang", ErrorCode::bad_value},
        {with(R"("lang":"-zh")"), "lang", ErrorCode::bad_value},
        {with(R"("updated_at":"yesterday")"), "updated_at", ErrorCode::bad_date},
        {with(R"("updated_at":"2026-02-30")"), "updated_at", ErrorCode::bad_date},
        {with(R"("kind":"advert")"), "kind", ErrorCode::bad_value},
        {with(R"("titel":"t")"), "titel", ErrorCode::schema},
        {with(R"("brand":{"a":1})"), "brand", ErrorCode::schema},
        {with(R"("attributes":{"a":[1]})"), "attributes", ErrorCode::schema},
        {with(R"("brand":"a","brand":"b")"), "brand", ErrorCode::duplicate_key},
        {with("\"brand\":\"\xFF\""), "", ErrorCode::bad_encoding},
        {"[]", "", ErrorCode::bad_json},
        {with("") + "{}", "", ErrorCode::bad_json},
    };
    for (const Row& row : rows) {
        const catalogue::Judged judged = catalogue::judge_json(row.json, {});
        const std::string shown = row.json.substr(0, 100);
        BOOST_TEST(!judged.listing.has_value(), shown);
        BOOST_REQUIRE_MESSAGE(judged.findings.size() == 1, shown);
        BOOST_TEST(judged.findings[0].member == row.member, shown);
        BOOST_TEST(spelling(judged.findings[0].code) == spelling(row.code), shown);
    }
}

BOOST_AUTO_TEST_CASE(good_values_pass_as_they_are) {
    for (const char* member :
         {R"("price":199.00)", R"("price":"0")", R"("url":"http://a.example")",
          R"("url":"https://a.example:8443/item?id=1#x")", R"("lang":"zh-Hant-TW")",
          R"("updated_at":"2026-01-31")", R"("updated_at":"2026-01-31T09:30:00+08:00")",
          R"("attributes":{"material":"棉","size":12})", R"("brand":"","gtin":"")"}) {
        const catalogue::Judged judged = catalogue::judge_json(with(member), {});
        BOOST_TEST(judged.listing.has_value(), member);
        BOOST_TEST(judged.findings.empty(), member);
    }
}

BOOST_AUTO_TEST_CASE(every_fault_of_a_row_is_told) {
    const auto judged =
        catalogue::judge_json(R"({"id":"1","title":"t","price":"x","currency":"y"})", {});
    BOOST_TEST(judged.findings.size() == 3U);
    BOOST_TEST(judged.id == "1");
}

BOOST_AUTO_TEST_CASE(a_gtin_becomes_fourteen_digits_and_a_wrong_one_is_set_aside) {
    const auto good = catalogue::judge_json(with(R"("gtin":"4006381333931")"), {});
    BOOST_TEST(good.listing.value().gtin == "04006381333931");
    BOOST_TEST(good.findings.empty());
    for (const char* wrong : {"4006381333932", "12345", "none"}) {
        const auto judged =
            catalogue::judge_json(with(R"("gtin":")" + std::string(wrong) + "\""), {});
        BOOST_REQUIRE(judged.listing.has_value());
        BOOST_TEST(judged.listing->gtin.empty());
        BOOST_TEST(judged.listing->attributes.at(std::string(catalogue::gtin_as_sent)) == wrong);
        BOOST_REQUIRE(judged.findings.size() == 1U);
        BOOST_CHECK(judged.findings[0].code == ErrorCode::bad_gtin);
    }
}

BOOST_AUTO_TEST_CASE(what_all_rows_are_fills_gaps_and_refuses_others) {
    const catalogue::Expected expected{.platform = "p", .kind = "product"};
    const auto filled = catalogue::judge_json(R"({"id":"1","title":"t"})", expected);
    BOOST_TEST(filled.listing.value().platform == "p");
    BOOST_TEST(filled.listing.value().kind == "product");
    BOOST_TEST(
        !catalogue::judge_json(R"({"id":"1","title":"t","platform":"q"})", expected).listing);
    BOOST_TEST(
        !catalogue::judge_json(R"({"id":"1","title":"t","kind":"listing"})", expected).listing);
    BOOST_TEST(catalogue::judge_json(with(""), {}).listing.value().kind == "listing");
}

BOOST_AUTO_TEST_SUITE_END()
