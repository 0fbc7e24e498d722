// The API's document against the server: every route, and replies of every kind.

#include <cstdlib>
#include <fstream>

#include "gateway/exchange/receiver.h"
#include "gateway/json/notice_json.h"
#include "gateway/json/writer.h"
#include "gateway/match/matcher.h"
#include "gateway/store/notices.h"
#include "gateway/store/raw_archive.h"
#include "gateway/store/source_state.h"
#include "gateway/store/translations.h"
#include "tests/support/exchange.h"
#include "tests/unit/http/api_fixture.h"
#include "tests/unit/http/lamp_picture.h"

namespace http = recall::http;
namespace json = recall::json;
namespace store = recall::store;
namespace test = recall::test;

namespace {

std::string_view access_word(http::Access access) {
    switch (access) {
        case http::Access::open:
            return "open";
        case http::Access::key:
            return "key";
        case http::Access::partner:
            return "partner";
    }
    return "";
}

struct Fixture : test::ApiFixture {
    recall::match::Lexicon lexicon;
    recall::match::Matcher matcher{std::make_shared<const recall::match::Lexicon>()};
    recall::exchange::Identity us = test::make_party("yy-us");
    recall::exchange::Receiver receiver{*database, clock, us, test::exchange_schema(), {}};
    std::string path = folder.path + "/exchanges";
    std::ofstream out{path};

    Fixture() {
        http::add_check_routes(router, matcher);
        http::add_cluster_routes(router, api, lexicon);
        http::add_exchange_routes(router, receiver);
        recall::model::Notice notice = test::sample_notice("xx-test:1", "Glimmer lamp");
        notice.images = {{test::lamp_url, "front"}};
        matcher.replace(std::span(&notice, 1));
        add_notice(notice, "first");
        recall::model::Notice changed = notice;
        changed.risk_level = "serious";
        add_notice(changed, "second");
        add_reading(notice);
        write_routes();
    }

    // What the notice is shown with.
    void add_reading(const recall::model::Notice& notice) {
        api.summary_lines = [](const recall::model::Notice&) {
            return recall::model::Texts{{"en", "Recall", ""}, {"zh-CN", "召回", ""}};
        };
        const recall::model::Text& title = notice.title.front();
        store::in_write_transaction(*database, [&](store::Session& session) {
            store::Translations translations(session);
            const store::TranslationKey key{recall::crypto::sha256_hex(title.text), title.lang,
                                            "zh-CN"};
            translations.want(key, title.text, 12, clock.now());
            translations.save(key, "灯", clock.now());
        });
    }

    void add_notice(const recall::model::Notice& notice, const std::string& raw) {
        const std::string text = json::write_notice(notice);
        const std::string raw_hash = recall::crypto::sha256_hex(raw);
        store::in_write_transaction(*database, [&](store::Session& session) {
            store::RawArchive(session).put({.sha256 = raw_hash,
                                            .media_type = "application/xml",
                                            .url = "https://a.example/1",
                                            .fetched_at = clock.now()},
                                           raw);
            store::Notices(session).upsert(
                {.notice = notice,
                 .json = text,
                 .content_hash = recall::crypto::sha256_hex(text),
                 .raw_sha256 = raw_hash},
                [](std::string_view stored) { return json::read_notice(stored); }, clock.now());
        });
    }

    void write_routes() {
        json::Writer line;
        line.begin_object().member("document", http::api_document()).key("routes").begin_array();
        for (const http::Route& route : router.routes()) {
            line.begin_object().member("method", route.method).member("pattern", route.pattern);
            line.member("access", access_word(route.access)).end_object();
        }
        line.end_array().end_object();
        out << line.text() << '\n';
    }

    // Sends, notes what came, and gives it back.
    http::Reply exchange(const std::string& method, const std::string& target, int status,
                         const std::string& body = {}, http::Headers headers = {},
                         const std::string& key = "admin") {
        http::Request looked;
        looked.method = method;
        looked.path = target.substr(0, target.find('?'));
        const auto found = router.find(looked);
        BOOST_REQUIRE_MESSAGE(found.ok(), target);
        std::string type = body.empty() ? "" : "application/json";
        for (const auto& [name, value] : headers) {
            if (name == "Content-Type") type = value;
        }
        http::Reply reply = send(method, target, body, std::move(headers), key);
        BOOST_TEST(reply.status == status, target << ": " << reply.body.substr(0, 200));
        json::Writer line;
        line.begin_object().member("method", method).member("target", target);
        line.member("pattern", found->route->pattern).member("sent", body);
        line.member("sent_type", type).member("status", static_cast<long long>(reply.status));
        line.member("media_type", reply.media_type);
        const bool is_text = !reply.media_type.starts_with("image/");
        line.member("body", is_text ? reply.body : std::string()).end_object();
        out << line.text() << '\n';
        return reply;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(api_document, Fixture)

BOOST_AUTO_TEST_CASE(the_document_states_every_route_and_every_reply) {
    if (std::system("python3 -c 'import jsonschema' 2>/dev/null") != 0) {
        BOOST_TEST_MESSAGE("skipped: python3-jsonschema is not installed");
        return;
    }
    const http::Headers form = {{"Content-Type", "application/x-www-form-urlencoded"}};
    exchange("POST", "/sign-in", 303, "key=admin&lang=zh", form);
    exchange("POST", "/sign-in", 401, "key=nobody", form);
    exchange("POST", "/sign-in", 403, "key=platform", form);
    exchange("POST", "/sign-out", 303, "lang=en", form);
    for (const char* target : {"/", "/metrics", "/api/openapi.json"})
        exchange("GET", target, 401, {}, {}, "nobody");
    exchange("GET", "/metrics", 403, {}, {}, "platform");
    for (const char* target :
         {"/", "/?lang=zh", "/status.css", "/healthz", "/readyz", "/metrics", "/api/openapi.json",
          "/api/v1/notices", "/api/v1/notices?q=lamp&limit=1&published_from=2020-01-01",
          "/api/v1/notices/xx-test:1", "/api/v1/notices/xx-test:1/revisions",
          "/api/v1/notices/xx-test:1/raw", "/api/v1/notices/xx-test:1/reading",
          "/api/v1/sources"}) {
        const auto reply = exchange("GET", target, 200);
        const std::string tag = test::header(reply, "ETag");
        const bool is_raw = std::string_view(target).ends_with("/raw");
        if (!tag.empty() && !is_raw) exchange("GET", target, 304, {}, {{"If-None-Match", tag}});
    }
    const std::string pictures = "/api/v1/notices/xx-test:1/pictures";
    exchange("GET", pictures, 200);
    exchange("POST", pictures, 202, {}, {{"Idempotency-Key", "p"}});
    exchange("POST", pictures, 403, {}, {}, "platform");
    const std::string thumbnail = pictures + "/" + test::store_lamp(*database) + "/thumbnail";
    exchange("GET", pictures + "/x/thumbnail", 404);
    for (const std::string& target : {pictures, thumbnail}) {
        const auto reply = exchange("GET", target, 200);
        exchange("GET", target, 304, {}, {{"If-None-Match", test::header(reply, "ETag")}});
    }
    store::in_write_transaction(*database, [&](store::Session& session) {
        store::Runs runs(session);
        const auto run = runs.start("xx-test", clock.now());
        runs.finish(run, store::RunState::degraded, "too few", {.fetched = 7}, clock.now());
        runs.start("xx-test", clock.now());
        store::FieldCoverage(session).add("xx-test", {{"a/b", 3, 2, 1}});
    });
    exchange("GET", "/api/v1/sources", 200);
    exchange("GET", "/api/v1/sources/xx-test", 200);
    exchange("GET", "/api/v1/sources", 403, {}, {}, "platform");

    const std::string lamp =
        R"({"id":"L1","platform":"market","title":"Glimmer lamp GL-1",)"
        R"("brand":"Glimmer","price":19.5,"gtin":"123",)"
        R"("attributes":{"colour":"red"},"image_urls":["https://a.example/i"]})";
    exchange("POST", "/api/v1/listings", 200, lamp, {{"Idempotency-Key", "1"}});
    exchange("POST", "/api/v1/listings?platform=market", 200,
             "[" + lamp + R"(,{"id":"L2","title":"t"},{"id":"L3","title":""}])");
    exchange("POST", "/api/v1/listings", 200, lamp + "\n",
             {{"Content-Type", "application/x-ndjson"}});
    exchange("POST", "/api/v1/listings", 422, R"({"id":"L1"})");
    exchange("POST", "/api/v1/listings", 422, "[]", {{"Idempotency-Key", "1"}});
    exchange("POST", "/api/v1/listings", 415, "x", {{"Content-Type", "text/csv"}});
    exchange("GET", "/api/v1/listings/market/L1", 200);
    exchange("DELETE", "/api/v1/listings/market/L2", 412, {}, {{"If-Match", "\"x\""}});
    exchange("DELETE", "/api/v1/listings/market/L2", 204);
    exchange("GET", "/api/v1/listings/market/L2", 404);
    exchange("POST", "/api/v1/check", 200, R"({"title":"Glimmer lamp","gtin":"12"})");
    exchange("GET", "/api/v1/check?title=Glimmer%20lamp&brand=Glimmer&limit=3&min_score=0", 200);
    exchange("GET", "/api/v1/check?brand=Glimmer", 422);

    add_notice(test::sample_notice("yy-test:1", "Glimmer lamp"), "third");
    const std::string pair = R"({"one":"xx-test:1","other":"yy-test:1","because":"one lamp"})";
    exchange("POST", "/api/v1/clusters/join", 200, pair, {{"Idempotency-Key", "j"}});
    exchange("POST", "/api/v1/clusters/join", 409, pair);
    const auto cluster = exchange("GET", "/api/v1/notices/xx-test:1/cluster", 200);
    exchange("GET", "/api/v1/notices/xx-test:1/cluster", 304, {},
             {{"If-None-Match", test::header(cluster, "ETag")}});
    exchange("GET", "/api/v1/notices/xx-test:1/cluster", 200, {}, {}, "platform");
    exchange("GET", "/api/v1/clusters?limit=1", 200);
    exchange("POST", "/api/v1/clusters/undo", 200, pair);
    exchange("POST", "/api/v1/clusters/split", 200, pair);
    exchange("POST", "/api/v1/clusters/split", 403, pair, {}, "platform");

    const std::string first = "/api/v1/matches/" + std::to_string(add_match("market", "L1"));
    const std::string second = "/api/v1/matches/" + std::to_string(add_match("market", "L9"));
    exchange("GET", "/api/v1/matches?state=open&limit=1", 200);
    exchange("GET", "/api/v1/matches?limit=0", 400);
    exchange("POST", first + "/confirm", 201, R"({"reason":"same","legal_basis":"§5"})",
             {{"Idempotency-Key", "c"}});
    exchange("POST", first + "/confirm", 409);
    exchange("POST", second + "/reject", 200, R"({"reason":"toy"})");
    exchange("POST", second + "/reject", 403, {}, {}, "platform");
    exchange("GET", first, 200);
    exchange("GET", "/api/v1/matches", 401, {}, {}, "nobody");
    const auto cases = exchange("GET", "/api/v1/cases?limit=5", 200);
    const std::size_t at = cases.body.find(R"("id":")") + 6;
    exchange("GET", "/api/v1/cases/" + cases.body.substr(at, cases.body.find('"', at) - at), 200);
    api.not_ready = [] { return std::vector<std::string>{"match"}; };
    exchange("GET", "/readyz", 503);

    out.close();
    const std::string command =
        "python3 " RECALLGW_SOURCE_DIR "/tests/contract/check_api_document.py " + path;
    BOOST_TEST(std::system(command.c_str()) == 0, "the faults stand above");
}

BOOST_AUTO_TEST_SUITE_END()
