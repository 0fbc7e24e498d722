#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>

#include "gateway/crypto/digest.h"
#include "gateway/http/api.h"
#include "gateway/json/notice_json.h"
#include "gateway/store/api_keys.h"
#include "gateway/store/migrations.h"
#include "gateway/store/notices.h"
#include "gateway/store/raw_archive.h"

namespace http = recall::http;
namespace store = recall::store;
using recall::Instant;
using recall::Result;

namespace {

class Folder {
  public:
    Folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "http-XXXXXX").string();
        BOOST_REQUIRE(mkdtemp(pattern.data()) != nullptr);
        path = pattern;
    }
    ~Folder() { std::filesystem::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string path;
};

struct Fixture {
    Folder folder;
    std::unique_ptr<store::Database> database =
        store::Database::open({.url = "sqlite:" + folder.path + "/test.db"});
    recall::SystemClock clock;
    http::Metrics metrics;
    http::Api api{*database, clock, metrics, "test", {}};
    http::Router router;
    http::Guard guard{router, http::key_authenticator(*database), metrics};
    const std::string raw = "<recall>raw bytes</recall>";

    Fixture() {
        store::migrate(*database, clock.now());
        http::add_health_routes(router, api);
        http::add_notice_routes(router, api);
        store::in_write_transaction(*database, [&](store::Session& session) {
            store::ApiKey key;
            key.id = "k1";
            key.label = "tester";
            key.role = "admin";
            key.key_hash = recall::crypto::sha256_hex("good");
            BOOST_REQUIRE(store::ApiKeys(session).add(key, clock.now()));
            store::RawArchive(session).put({.sha256 = recall::crypto::sha256_hex(raw),
                                            .media_type = "application/xml",
                                            .url = "https://a.example/1",
                                            .fetched_at = clock.now()},
                                           raw);
        });
        for (const char* key : {"1", "2", "3"})
            put(key, "Rattle");
    }

    void put(const std::string& key, const std::string& title) {
        recall::model::Notice notice;
        notice.id = "xx-test:" + key;
        notice.source = "xx-test";
        notice.kind = key == "3" ? "ban" : "recall";
        notice.status = "active";
        notice.published_on = recall::make_date(2026, 1, unsigned(key[0] - '0'));
        notice.title = {{.lang = "en", .text = title, .made_by = {}}};
        const std::string json = recall::json::write_notice(notice);
        store::in_write_transaction(*database, [&](store::Session& session) {
            store::Notices(session).upsert(
                {.notice = notice,
                 .json = json,
                 .content_hash = recall::crypto::sha256_hex(json),
                 .raw_sha256 = recall::crypto::sha256_hex(raw)},
                [](std::string_view text) { return recall::json::read_notice(text); }, clock.now());
        });
    }

    http::Reply get(const std::string& path,
                    std::map<std::string, std::vector<std::string>, std::less<>> query = {},
                    http::Headers headers = {{"Authorization", "Bearer good"}}) const {
        http::Request request;
        request.method = "GET";
        request.path = path;
        request.query = std::move(query);
        request.headers = std::move(headers);
        return guard.answer(request);
    }
};

std::string header(const http::Reply& reply, const std::string& name) {
    for (const auto& [key, value] : reply.headers) {
        if (key == name) return value;
    }
    return {};
}

bool holds(const http::Reply& reply, const std::string& text) {
    return reply.body.find(text) != std::string::npos;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(notices_api, Fixture)

BOOST_AUTO_TEST_CASE(all_but_health_needs_a_valid_key) {
    for (const http::Route& route : router.routes()) {
        const bool health = route.pattern == "/healthz" || route.pattern == "/readyz";
        for (const char* value : {"", "Bearer bad", "Basic good"}) {
            const http::Reply reply = get(route.pattern, {}, {{"Authorization", value}});
            BOOST_TEST(reply.status == (health ? 200 : 401), route.pattern << " " << value);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_list_pages_by_cursor_and_ends) {
    const http::Reply first = get("/api/v1/notices", {{"limit", {"2"}}});
    BOOST_TEST(first.status == 200);
    BOOST_TEST(holds(first, "xx-test:3"));
    BOOST_TEST(holds(first, "xx-test:2"));
    BOOST_TEST(!holds(first, "xx-test:1"));
    const std::size_t at = first.body.find("\"cursor\":\"") + 10;
    const std::string cursor = first.body.substr(at, first.body.find('"', at) - at);
    const http::Reply second = get("/api/v1/notices", {{"limit", {"2"}}, {"cursor", {cursor}}});
    BOOST_TEST(holds(second, "xx-test:1"));
    BOOST_TEST(!holds(second, "xx-test:2"));
    BOOST_TEST(!holds(second, "\"cursor\""));
}

BOOST_AUTO_TEST_CASE(a_notice_that_vanished_from_its_source_says_so) {
    store::in_write_transaction(*database, [&](store::Session& session) {
        BOOST_REQUIRE(store::Notices(session).mark_vanished("xx-test:2", clock.now()));
    });
    BOOST_TEST(holds(get("/api/v1/notices/xx-test:2"), "\"status\":\"vanished\""));
    BOOST_TEST(holds(get("/api/v1/notices/xx-test:1"), "\"status\":\"active\""));
    const http::Reply list = get("/api/v1/notices", {{"state", {"vanished"}}});
    BOOST_TEST(holds(list, "\"status\":\"vanished\""));
    BOOST_TEST(!holds(list, "\"status\":\"active\""));
    const http::Reply revisions = get("/api/v1/notices/xx-test:2/revisions");
    BOOST_TEST(holds(revisions, "\"status\":\"active\""));    // as it was
    BOOST_TEST(holds(revisions, "\"status\":\"vanished\""));  // as it is
}

BOOST_AUTO_TEST_CASE(filters_narrow_the_list_and_wrong_ones_are_refused) {
    BOOST_TEST(holds(get("/api/v1/notices", {{"kind", {"ban"}}}), "xx-test:3"));
    BOOST_TEST(!holds(get("/api/v1/notices", {{"kind", {"ban"}}}), "xx-test:1"));
    BOOST_TEST(!holds(get("/api/v1/notices", {{"published_from", {"2026-01-02"}}}), "xx-test:1"));
    const std::pair<const char*, const char*> wrong[] = {{"limit", "0"},
                                                         {"limit", "501"},
                                                         {"limit", "x"},
                                                         {"cursor", "rubbish"},
                                                         {"published_to", "2026-02-30"},
                                                         {"updated_since", "today"},
                                                         {"sauce", "a"}};
    for (const auto& [name, value] : wrong) {
        BOOST_TEST(get("/api/v1/notices", {{name, {value}}}).status == 400, name << "=" << value);
    }
    BOOST_TEST(get("/api/v1/notices", {{"kind", {"ban", "recall"}}}).status == 400);
}

BOOST_AUTO_TEST_CASE(an_etag_saves_the_body_until_the_notice_changes) {
    const http::Reply first = get("/api/v1/notices/xx-test:1");
    const std::string etag = header(first, "ETag");
    const http::Headers again = {{"Authorization", "Bearer good"}, {"If-None-Match", etag}};
    BOOST_TEST(get("/api/v1/notices/xx-test:1", {}, again).status == 304);
    put("1", "Rattle, more models");
    const http::Reply changed = get("/api/v1/notices/xx-test:1", {}, again);
    BOOST_TEST(changed.status == 200);
    BOOST_TEST(holds(changed, "more models"));
    BOOST_TEST(holds(changed, "\"revision\":2"));
    const http::Reply history = get("/api/v1/notices/xx-test:1/revisions");
    BOOST_TEST(holds(history, "\"revision\":1,\"change\":\"created\""));
    BOOST_TEST(holds(history, "\"revision\":2,\"change\":\"changed\""));
}

BOOST_AUTO_TEST_CASE(raw_bytes_come_as_they_were_and_cannot_run) {
    const http::Reply reply = get("/api/v1/notices/xx-test:1/raw");
    BOOST_TEST(reply.body == raw);
    BOOST_TEST(reply.media_type == "application/xml");
    BOOST_TEST(header(reply, "Content-Disposition").starts_with("attachment"));
    BOOST_TEST(get("/api/v1/notices/xx-test:9/raw").status == 404);
    BOOST_TEST(get("/api/v1/notices/xx-test:9").status == 404);
}

BOOST_AUTO_TEST_CASE(readiness_and_metrics_tell_the_state) {
    BOOST_TEST(get("/readyz").status == 200);
    api.not_ready = [] { return std::vector<std::string>{"match"}; };
    BOOST_TEST(get("/readyz").status == 503);
    BOOST_TEST(holds(get("/metrics"), "recallgw_http_requests_total{route=\"/readyz\""));
}

BOOST_AUTO_TEST_SUITE_END()
