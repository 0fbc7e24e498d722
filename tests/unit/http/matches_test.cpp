// Matches and the decisions on them, and how the sources fare.

#include "gateway/store/source_state.h"
#include "tests/unit/http/api_fixture.h"

using recall::model::Decision;
using recall::test::ApiFixture;
using recall::test::header;
using recall::test::holds;
namespace store = recall::store;

BOOST_FIXTURE_TEST_SUITE(matches_api, ApiFixture)

BOOST_AUTO_TEST_CASE(the_list_filters_pages_and_refuses_what_it_does_not_know) {
    add_match("market", "1");
    add_match("market", "2", Decision::review);
    add_match("bazaar", "3");
    BOOST_TEST(holds(get("/api/v1/matches?decision=review"), R"("listing":"2")"));
    BOOST_TEST(!holds(get("/api/v1/matches?decision=review"), R"("listing":"1")"));
    BOOST_TEST(holds(get("/api/v1/matches?platform=bazaar"), R"("listing":"3")"));
    BOOST_TEST(get("/api/v1/matches?state=confirmed").body == R"({"matches":[]})");
    BOOST_TEST(get("/api/v1/matches?notice=xx-test%3A2").body == R"({"matches":[]})");
    const auto page = get("/api/v1/matches?limit=2");
    BOOST_TEST(holds(page, R"("cursor":)"));
    const std::size_t at = page.body.find(R"("cursor":")") + 10;
    const std::string cursor = page.body.substr(at, page.body.find('"', at) - at);
    const auto rest = get("/api/v1/matches?limit=2&cursor=" + cursor);
    BOOST_TEST(holds(rest, R"("listing":"3")"));
    BOOST_TEST(!holds(rest, R"("cursor")"));
    for (const char* wrong : {"limit=0", "limit=x", "state=closed", "decision=maybe", "cursor=zz",
                              "platfrom=a", "state=open&state=open"}) {
        BOOST_TEST(get("/api/v1/matches?" + std::string(wrong)).status == 400, wrong);
    }
}

BOOST_AUTO_TEST_CASE(a_platform_sees_its_own_matches_only) {
    const auto own = add_match("market", "1");
    const auto other = add_match("bazaar", "2");
    const auto list = get("/api/v1/matches", "platform");
    BOOST_TEST(holds(list, R"("platform":"market")"));
    BOOST_TEST(!holds(list, "bazaar"));
    BOOST_TEST(get("/api/v1/matches?platform=bazaar", "platform").status == 403);
    BOOST_TEST(get("/api/v1/matches/" + std::to_string(own), "platform").status == 200);
    BOOST_TEST(get("/api/v1/matches/" + std::to_string(other), "platform").status == 404);
    const std::string confirm = "/api/v1/matches/" + std::to_string(own) + "/confirm";
    BOOST_TEST(send("POST", confirm, {}, {}, "platform").status == 403);
}

BOOST_AUTO_TEST_CASE(a_decision_is_made_on_the_match_that_was_seen) {
    const std::string path = "/api/v1/matches/" + std::to_string(add_match("market", "1"));
    const auto seen = get(path);
    BOOST_TEST(holds(seen, R"("evidence":[{"kind":"brand")"));
    const std::string tag = header(seen, "ETag");
    BOOST_TEST(get(path, "admin", {{"If-None-Match", tag}}).status == 304);
    clock.pass(std::chrono::seconds(1));
    add_match("market", "1", Decision::review);
    BOOST_TEST(send("POST", path + "/reject", "{}", {{"If-Match", tag}}).status == 412);
    const std::string now = header(get(path), "ETag");
    BOOST_TEST(send("POST", path + "/reject", R"({"reason":"toy"})", {{"If-Match", now}}).status ==
               200);
    BOOST_TEST(holds(get(path), R"("verdicts":[{"state":"rejected","by":"a admin")"));
    BOOST_TEST(send("POST", path + "/reject").status == 409);
    for (const char* wrong : {"/api/v1/matches/x", "/api/v1/matches/0", "/api/v1/matches/99"})
        BOOST_TEST(get(wrong).status == 404, wrong);
}

BOOST_AUTO_TEST_CASE(a_confirmation_sent_again_opens_one_case) {
    const std::string path =
        "/api/v1/matches/" + std::to_string(add_match("market", "1")) + "/confirm";
    const auto first = send("POST", path, {}, {{"Idempotency-Key", "k"}});
    BOOST_TEST(first.status == 201);
    const auto again = send("POST", path, {}, {{"Idempotency-Key", "k"}});
    BOOST_TEST(again.status == 201);
    BOOST_TEST(again.body == first.body);
    BOOST_TEST(send("POST", path).status == 409);
    const std::size_t at = first.body.find(R"("id":")") + 6;
    const std::string id = first.body.substr(at, first.body.find('"', at) - at);
    const auto one = get("/api/v1/cases/" + id, "platform");
    BOOST_TEST(one.status == 200);
    BOOST_TEST(
        get("/api/v1/cases/" + id, "admin", {{"If-None-Match", header(one, "ETag")}}).status ==
        304);
}

BOOST_AUTO_TEST_CASE(a_platform_sees_its_own_cases_only) {
    const auto id = add_match("bazaar", "1");
    BOOST_TEST(send("POST", "/api/v1/matches/" + std::to_string(id) + "/confirm").status == 201);
    BOOST_TEST(holds(get("/api/v1/cases"), "bazaar"));
    BOOST_TEST(!holds(get("/api/v1/cases", "platform"), "bazaar"));
    BOOST_TEST(get("/api/v1/cases?limit=9999").status == 400);
}

BOOST_AUTO_TEST_CASE(sources_tell_their_runs_and_coverage) {
    BOOST_TEST(holds(get("/api/v1/sources"), R"("source":"xx-test","state":"never_run")"));
    store::in_write_transaction(*database, [&](store::Session& session) {
        store::Runs runs(session);
        const auto run = runs.start("xx-test", clock.now());
        runs.finish(run, store::RunState::degraded, "too few records", {.fetched = 7}, clock.now());
        store::FieldCoverage(session).add("xx-test", {{"a/b", 3, 2, 1}});
    });
    BOOST_TEST(holds(get("/api/v1/sources"), R"("state":"degraded","title":"Test recalls")"));
    const auto one = get("/api/v1/sources/xx-test");
    BOOST_TEST(holds(one, R"("reason":"too few records","fetched":7)"));
    BOOST_TEST(holds(one, R"({"field":"a/b","mapped":3,"ignored":2,"unmapped":1})"));
    BOOST_TEST(get("/api/v1/sources/xx-none").status == 404);
    BOOST_TEST(get("/api/v1/sources", "platform").status == 403);
    BOOST_TEST(get("/api/v1/sources", "analyst").status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
