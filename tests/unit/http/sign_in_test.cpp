// Who gets to see the page for people, and how.

#include "gateway/http/browser_sessions.h"
#include "tests/unit/http/api_fixture.h"

using recall::test::ApiFixture;
using recall::test::header;
using recall::test::holds;
namespace http = recall::http;
namespace store = recall::store;

namespace {

const http::Headers form = {{"Content-Type", "application/x-www-form-urlencoded"}};

http::Headers with(http::Headers headers, const std::string& name, const std::string& value) {
    headers.emplace_back(name, value);
    return headers;
}

// "recallgw_session=…" of a reply.
std::string cookie(const http::Reply& reply) {
    const std::string set = header(reply, "Set-Cookie");
    return set.substr(0, set.find(';'));
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(sign_in, ApiFixture)

BOOST_AUTO_TEST_CASE(nothing_but_health_answers_without_a_key) {
    for (const http::Route& route : router.routes()) {
        if (route.method != "GET" || route.pattern.find('{') != std::string::npos) continue;
        const bool is_open = route.pattern == "/healthz" || route.pattern == "/readyz" ||
                             route.pattern == "/status.css";
        BOOST_TEST(get(route.pattern, "nobody").status == (is_open ? 200 : 401), route.pattern);
    }
    const auto page = get("/", "nobody");
    BOOST_TEST(holds(page, "action=\"/sign-in\""));
    BOOST_TEST(!holds(page, "<dl>"));
    BOOST_TEST(header(page, "WWW-Authenticate").empty());
    BOOST_TEST(get("/", "platform").status == 401);
    BOOST_TEST(get("/metrics", "platform").status == 403);
    BOOST_TEST(get("/api/openapi.json", "platform").status == 200);
}

BOOST_AUTO_TEST_CASE(a_key_signs_in_until_signed_out_or_time_is_over) {
    const auto reply = send("POST", "/sign-in", "lang=zh&key=%20analyst+%0D%0A", form, "nobody");
    BOOST_TEST(reply.status == 303);
    BOOST_TEST(header(reply, "Location") == "/?lang=zh");
    const std::string set = header(reply, "Set-Cookie");
    for (const char* part : {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=28800"})
        BOOST_TEST(set.find(part) != std::string::npos, part);
    BOOST_TEST(set.find("Secure") == std::string::npos);
    BOOST_TEST(set.find("analyst") == std::string::npos);
    const http::Headers session = {{"Cookie", "a=b; " + cookie(reply) + "; c"}};
    BOOST_TEST(get("/", "nobody", session).status == 200);
    // The cookie opens the page and nothing else.
    BOOST_TEST(get("/metrics", "nobody", session).status == 401);
    BOOST_TEST(get("/api/v1/notices", "nobody", session).status == 401);
    clock.pass(std::chrono::hours(8));
    BOOST_TEST(get("/", "nobody", session).status == 401);

    const auto again = send("POST", "/sign-in", "key=admin", form, "nobody");
    const http::Headers second = {{"Cookie", cookie(again)}};
    BOOST_TEST(get("/", "nobody", second).status == 200);
    const auto left =
        send("POST", "/sign-out", "lang=en", with(form, "Cookie", cookie(again)), "nobody");
    BOOST_TEST(left.status == 303);
    BOOST_TEST(header(left, "Set-Cookie").find("Max-Age=0") != std::string::npos);
    BOOST_TEST(get("/", "nobody", second).status == 401);
}

BOOST_AUTO_TEST_CASE(a_revoked_key_ends_its_sessions) {
    const http::Headers session = {
        {"Cookie", cookie(send("POST", "/sign-in", "key=analyst", form, "nobody"))}};
    BOOST_TEST(get("/", "nobody", session).status == 200);
    store::in_write_transaction(*database, [&](store::Session& work) {
        BOOST_REQUIRE(store::ApiKeys(work).revoke("id-analyst", clock.now()).ok());
    });
    BOOST_TEST(get("/", "nobody", session).status == 401);
}

BOOST_AUTO_TEST_CASE(over_tls_the_cookie_is_for_tls_only) {
    api.serves_tls = true;
    const auto reply = send("POST", "/sign-in", "key=admin", form, "nobody");
    BOOST_TEST(header(reply, "Set-Cookie").ends_with("; Secure"));
}

BOOST_AUTO_TEST_CASE(a_key_that_does_not_open_the_page_is_told_why) {
    const auto wrong = send("POST", "/sign-in", "key=admim&lang=en", form, "nobody");
    BOOST_TEST(wrong.status == 401);
    BOOST_TEST(holds(wrong, "That key is not valid"));
    BOOST_TEST(!holds(wrong, "admim"));
    BOOST_TEST(header(wrong, "Set-Cookie").empty());
    const auto platform = send("POST", "/sign-in", "key=platform&lang=zh", form, "nobody");
    BOOST_TEST(platform.status == 403);
    BOOST_TEST(holds(platform, "该密钥属于平台"));
    BOOST_TEST(send("POST", "/sign-in", "", form, "nobody").status == 401);
    BOOST_TEST(send("POST", "/sign-in", "{}", {}, "nobody").status == 415);
}

BOOST_AUTO_TEST_CASE(another_sites_form_is_refused) {
    const http::Headers hosted = with(form, "Host", "a.example");
    const std::pair<http::Headers, int> rows[] = {
        {with(form, "Sec-Fetch-Site", "cross-site"), 403},
        {with(form, "Sec-Fetch-Site", "same-site"), 403},
        {with(form, "Sec-Fetch-Site", "same-origin"), 303},
        {with(hosted, "Origin", "https://a.example"), 303},
        {with(hosted, "Origin", "https://b.example"), 403},
        {with(hosted, "Origin", "null"), 403},
    };
    for (const auto& [headers, status] : rows) {
        BOOST_TEST(send("POST", "/sign-in", "key=admin", headers, "nobody").status == status);
        BOOST_TEST(send("POST", "/sign-out", "lang=en", headers, "nobody").status == status);
    }
}

BOOST_AUTO_TEST_CASE(guessing_is_slowed_down) {
    for (int i = 0; i < http::failed_attempts_max; ++i)
        BOOST_TEST(send("POST", "/sign-in", "key=guess", form, "nobody").status == 401);
    const auto limited = send("POST", "/sign-in", "key=admin", form, "nobody");
    BOOST_TEST(limited.status == 429);
    BOOST_TEST(holds(limited, "Too many wrong keys"));
    BOOST_TEST(header(limited, "Retry-After") == "60");
    clock.pass(http::failed_attempts_time);
    BOOST_TEST(send("POST", "/sign-in", "key=admin", form, "nobody").status == 303);
}

BOOST_AUTO_TEST_SUITE_END()
