// Listings in and out, and what a repeated request does.

#include "gateway/match/matcher.h"
#include "tests/unit/http/api_fixture.h"

using recall::test::ApiFixture;
using recall::test::header;
using recall::test::holds;
namespace http = recall::http;
namespace store = recall::store;

namespace {

const http::Headers lines = {{"Content-Type", "application/x-ndjson; charset=utf-8"}};

std::string listing(const std::string& id, const std::string& more = {}) {
    return R"({"id":")" + id + R"(","platform":"market","title":"Lamp")" + more + "}";
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(listings_api, ApiFixture)

BOOST_AUTO_TEST_CASE(one_an_array_and_lines_are_taken) {
    const std::string path = "/api/v1/listings";
    BOOST_TEST(send("POST", path, listing("1")).body ==
               R"({"created":1,"changed":0,"unchanged":0,"refused":0,"rows":[]})");
    const auto array = send("POST", path, "[" + listing("1") + ", " + listing("2") + "]");
    BOOST_TEST(holds(array, R"("created":1,"changed":0,"unchanged":1)"));
    const auto many =
        send("POST", path, listing("2", R"(,"brand":"b")") + "\r\n\n" + listing("3") + "\n", lines);
    BOOST_TEST(holds(many, R"("created":1,"changed":1,"unchanged":0)"));
    BOOST_TEST(holds(send("POST", path, "[]"), R"("created":0)"));
    const auto session = database->lease();
    BOOST_TEST(store::Listings(*session).count("market") == 3);
}

BOOST_AUTO_TEST_CASE(refused_rows_are_told_by_index_and_the_others_stored) {
    const std::string bad = R"({"id":"9","platform":"market"})";
    for (const auto& [body, headers] : std::vector<std::pair<std::string, http::Headers>>{
             {"[" + listing("1") + "," + bad + "," + listing("1") + "]", {}},
             {listing("1") + "\n" + bad + "\n" + listing("1"), lines}}) {
        const auto reply = send("POST", "/api/v1/listings", body, headers);
        BOOST_TEST(reply.status == 200);
        BOOST_TEST(holds(reply, R"("refused":2)"));
        BOOST_TEST(holds(reply, R"({"index":1,"id":"9","stored":false,"findings":)"
                                R"([{"field":"title","code":"missing-field")"));
        BOOST_TEST(holds(reply, R"({"index":2,"id":"1","stored":false,"findings":)"
                                R"([{"field":"id","code":"conflict")"));
    }
    const auto gtin = send("POST", "/api/v1/listings", listing("1", R"(,"gtin":"123")"));
    BOOST_TEST(holds(gtin, R"("stored":true,"findings":[{"field":"gtin","code":"bad-gtin")"));
}

BOOST_AUTO_TEST_CASE(a_request_of_which_nothing_can_be_stored_is_a_problem) {
    struct Case {
        std::string body;
        http::Headers headers;
        int status;
        const char* code;
    };
    std::string crowd;
    for (int i = 0; i <= 10'000; ++i)
        crowd += listing(std::to_string(i)) + "\n";
    const Case cases[] = {
        {R"({"id":"1"})", {}, 422, R"("code":"schema")"},
        {"7", {}, 400, R"("code":"bad-json")"},
        {listing("1"), {{"Content-Type", "text/csv"}}, 415, R"("code":"media-type")"},
        {crowd, lines, 413, R"("code":"limit")"},
    };
    for (const Case& row : cases) {
        const auto reply = send("POST", "/api/v1/listings", row.body, row.headers);
        BOOST_TEST(reply.status == row.status, row.body.substr(0, 40));
        BOOST_TEST(reply.media_type == "application/problem+json");
        BOOST_TEST(holds(reply, row.code), reply.body.substr(0, 200));
    }
    BOOST_TEST(holds(send("POST", "/api/v1/listings", R"({"id":"1"})"), R"("rows":[{"index":0)"));
}

BOOST_AUTO_TEST_CASE(a_platform_writes_and_sees_its_own_only) {
    const std::string other = R"({"id":"2","platform":"bazaar","title":"t"})";
    BOOST_TEST(send("POST", "/api/v1/listings", other).status == 200);
    const auto refused = send("POST", "/api/v1/listings", other, {}, "platform");
    BOOST_TEST(refused.status == 422);
    const std::string plain = R"({"id":"1","title":"t"})";
    BOOST_TEST(send("POST", "/api/v1/listings", plain, {}, "platform").status == 200);
    BOOST_TEST(get("/api/v1/listings/market/1", "platform").status == 200);
    BOOST_TEST(get("/api/v1/listings/bazaar/2", "platform").status == 404);
    BOOST_TEST(send("DELETE", "/api/v1/listings/bazaar/2", {}, {}, "platform").status == 404);
    BOOST_TEST(get("/api/v1/listings/bazaar/2", "analyst").status == 200);
}

BOOST_AUTO_TEST_CASE(a_platform_that_names_another_is_told_so_on_every_route) {
    const recall::match::Matcher matcher{std::make_shared<const recall::match::Lexicon>()};
    http::add_check_routes(router, matcher);
    const std::string row = R"({"id":"1","title":"t"})";
    const std::string asked = R"({"platform":"bazaar","title":"t"})";
    const http::Reply replies[] = {
        send("POST", "/api/v1/listings?platform=bazaar", row, {}, "platform"),
        send("POST", "/api/v1/listings?platform=bazaar", "", lines, "platform"),
        get("/api/v1/matches?platform=bazaar", "platform"),
        send("POST", "/api/v1/check", asked, {}, "platform"),
    };
    for (const http::Reply& reply : replies) {
        BOOST_TEST(reply.status == 403, reply.body);
        BOOST_TEST(reply.media_type == "application/problem+json");
        BOOST_TEST(holds(reply, "market"));
        BOOST_TEST(holds(reply, "bazaar"));
    }
    {
        const auto session = database->lease();
        BOOST_TEST(store::Listings(*session).count("market") == 0);
    }
    BOOST_TEST(send("POST", "/api/v1/listings?platform=market", row, {}, "platform").status == 200);
    BOOST_TEST(get("/api/v1/matches?platform=market", "platform").status == 200);
    BOOST_TEST(get("/api/v1/cases?platform=bazaar", "platform").status == 400);
    BOOST_TEST(send("POST", "/api/v1/check", asked).status == 200);
    BOOST_TEST(send("POST", "/api/v1/check", R"({"platform":"market","title":"t"})", {}, "platform")
                   .status == 200);
}

BOOST_AUTO_TEST_CASE(a_tag_guards_a_listing_against_deletion_after_a_change) {
    const std::string path = "/api/v1/listings/market/a%2Fb";
    send("POST", "/api/v1/listings", listing("a/b"));
    const auto first = get(path);
    BOOST_TEST(first.status == 200);
    BOOST_TEST(holds(first, R"("id":"a/b")"));
    const std::string tag = header(first, "ETag");
    BOOST_TEST(get(path, "admin", {{"If-None-Match", "\"x\", W/" + tag}}).status == 304);
    send("POST", "/api/v1/listings", listing("a/b", R"(,"brand":"b")"));
    BOOST_TEST(get(path, "admin", {{"If-None-Match", tag}}).status == 200);
    BOOST_TEST(send("DELETE", path, {}, {{"If-Match", tag}}).status == 412);
    BOOST_TEST(get(path).status == 200);
    BOOST_TEST(send("DELETE", path, {}, {{"If-Match", header(get(path), "ETag")}}).status == 204);
    BOOST_TEST(send("DELETE", path).status == 404);
    BOOST_TEST(get(path).status == 404);
}

BOOST_AUTO_TEST_CASE(a_removed_listing_matches_nothing_any_more) {
    send("POST", "/api/v1/listings", "[" + listing("1") + "," + listing("2") + "]");
    add_match("market", "1");
    const auto rejected = add_match("market", "2");
    send("POST", "/api/v1/matches/" + std::to_string(rejected) + "/reject");
    BOOST_TEST(send("DELETE", "/api/v1/listings/market/1").status == 204);
    BOOST_TEST(send("DELETE", "/api/v1/listings/market/2").status == 204);
    BOOST_TEST(get("/api/v1/matches?state=open&decision=match").body == R"({"matches":[]})");
    BOOST_TEST(holds(get("/api/v1/matches?state=rejected"), R"("decision":"match")"));
}

BOOST_AUTO_TEST_CASE(a_request_sent_again_gets_its_reply_and_does_nothing_twice) {
    const http::Headers key = {{"Idempotency-Key", "k-1"}};
    const auto first = send("POST", "/api/v1/listings", listing("1"), key);
    BOOST_TEST(holds(first, R"("created":1)"));
    const auto again = send("POST", "/api/v1/listings", listing("1"), key);
    BOOST_TEST(again.body == first.body);
    BOOST_TEST(again.status == first.status);
    BOOST_TEST(header(again, "Idempotency-Replayed") == "true");
    const auto other = send("POST", "/api/v1/listings", listing("2"), key);
    BOOST_TEST(other.status == 422);
    BOOST_TEST(holds(other, R"("code":"key-reused")"));
    // Another caller's key is another key.
    BOOST_TEST(send("POST", "/api/v1/listings", listing("2"), key, "analyst").status == 200);
    clock.pass(std::chrono::hours(25));
    BOOST_TEST(holds(send("POST", "/api/v1/listings", listing("1"), key), R"("unchanged":1)"));
    const http::Headers huge = {{"Idempotency-Key", std::string(300, 'k')}};
    BOOST_TEST(send("POST", "/api/v1/listings", listing("1"), huge).status == 400);
}

BOOST_AUTO_TEST_CASE(a_refused_write_leaves_the_key_free) {
    const http::Headers key = {{"Idempotency-Key", "k-1"}};
    BOOST_TEST(send("DELETE", "/api/v1/listings/market/1", {}, key).status == 404);
    send("POST", "/api/v1/listings", listing("1"));
    BOOST_TEST(send("DELETE", "/api/v1/listings/market/1", {}, key).status == 204);
    BOOST_TEST(send("DELETE", "/api/v1/listings/market/1", {}, key).status == 204);
}

BOOST_AUTO_TEST_SUITE_END()
