// Listings and products as JSON: what is written reads back, what is not strict is refused.
#include <boost/test/unit_test.hpp>

#include "gateway/json/listing_json.h"

namespace recall::json {

namespace {

model::Listing full_listing() {
    model::Listing listing;
    listing.id = "TM-1/2";
    listing.platform = "tmall_global";
    listing.kind = "product";
    listing.title = "儿童安全座椅 \"Glimmer\" \\ 🧸\n第二行";
    listing.lang = "zh-CN";
    listing.brand = "Glimmer";
    listing.model = "GL-200";
    listing.gtin = "04006381333931";
    listing.url = "https://shop.example/1?a=b&c=d";
    listing.image_urls = {"https://img.example/1", "https://img.example/2"};
    listing.seller = "Some Shop";
    listing.manufacturer = "某某有限公司";
    listing.origin_country = "CN";
    listing.category = "toys";
    listing.price = "199.00";
    listing.currency = "CNY";
    listing.attributes = {{"colour", "red"}, {"颜色", "红"}};
    listing.updated_at = "2026-01-31T09:30:00Z";
    return listing;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(listings)

BOOST_AUTO_TEST_CASE(what_is_written_reads_back_the_same) {
    const model::Listing full = full_listing();
    model::Listing small;
    small.id = "1";
    small.kind = "listing";
    small.title = "t";
    for (const model::Listing& listing : {full, small}) {
        const std::string text = write_listing(listing);
        const Result<model::Listing> back = read_listing(text);
        BOOST_REQUIRE_MESSAGE(back.ok(), text);
        BOOST_CHECK(*back == listing);
        BOOST_TEST(write_listing(*back) == text);
    }
}

BOOST_AUTO_TEST_CASE(numbers_keep_their_text_and_order_does_not_matter) {
    const auto listing =
        read_listing(R"({ "attributes":{"watt":2200.50}, "price":199.00, "title":"t", "id":7 })");
    BOOST_REQUIRE(listing.ok());
    BOOST_TEST(listing->price == "199.00");
    BOOST_TEST(listing->id == "7");
    BOOST_TEST(listing->attributes.at("watt") == "2200.50");
    BOOST_TEST(listing->kind == "listing");
}

BOOST_AUTO_TEST_CASE(what_is_not_strict_is_refused_with_its_code_and_member) {
    struct Row {
        std::string json;
        ErrorCode code;
        const char* member;
    };
    const Row rows[] = {
        {"", ErrorCode::bad_json, ""},
        {"7", ErrorCode::bad_json, ""},
        {R"({"id":"1","title":"t"} {})", ErrorCode::bad_json, ""},
        {R"({"id":"1","title":"t",})", ErrorCode::bad_json, "title"},
        {R"({"id":"1","titel":"t"})", ErrorCode::schema, "titel"},
        {R"({"id":"1","id":"2"})", ErrorCode::duplicate_key, "id"},
        {R"({"id":null})", ErrorCode::schema, "id"},
        {R"({"id":true})", ErrorCode::schema, "id"},
        {R"({"image_urls":"x"})", ErrorCode::schema, "image_urls"},
        {R"({"image_urls":[{}]})", ErrorCode::schema, "image_urls"},
        {R"({"attributes":["x"]})", ErrorCode::schema, "attributes"},
        {R"({"attributes":{"a":"1","a":"2"}})", ErrorCode::duplicate_key, "attributes"},
        {R"({"brand":"a\u0000b"})", ErrorCode::bad_encoding, "brand"},
        {R"({"brand":"\ud83e"})", ErrorCode::bad_encoding, "brand"},
        {"{\"brand\":\"" + std::string(70'000, 'x') + "\"}", ErrorCode::limit, "brand"},
    };
    for (const Row& row : rows) {
        std::string member;
        const auto read = read_members(row.json, member);
        const std::string shown = row.json.substr(0, 80);
        BOOST_REQUIRE_MESSAGE(!read.ok(), shown);
        BOOST_TEST(spelling(read.error().code) == spelling(row.code), shown);
        if (row.code != ErrorCode::bad_json) BOOST_TEST(member == row.member, shown);
    }
    BOOST_CHECK(read_listing(R"({"title":"t"})").error().code == ErrorCode::schema);
    BOOST_CHECK(read_listing(R"({"id":"1"})").error().code == ErrorCode::schema);
}

BOOST_AUTO_TEST_CASE(columns_are_members_by_name) {
    model::Listing listing;
    BOOST_CHECK(set_member(listing, "image_urls", " https://a.example/1  https://a.example/2 "));
    BOOST_TEST(listing.image_urls.size() == 2U);
    BOOST_CHECK(set_member(listing, "attributes.size", "L"));
    BOOST_TEST(listing.attributes.at("size") == "L");
    BOOST_CHECK(!set_member(listing, "colour", "red"));
    BOOST_CHECK(!set_member(listing, "brand", "\xFF"));
    for (const char* name : {"id", "image_urls", "attributes.x"})
        BOOST_CHECK(check_member_name(name));
    for (const char* name : {"", "ID", "attributes", "sku"})
        BOOST_CHECK(!check_member_name(name));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::json
