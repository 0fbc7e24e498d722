#include <boost/test/unit_test.hpp>

#include "gateway/net/hop.h"
#include "tests/unit/net/fetch_fixture.h"

namespace recall {
using namespace std::string_literals;
using test::FetchFixture;
using test::RawServer;
using test::redirect_to;
using test::reply;

BOOST_AUTO_TEST_SUITE(fetch_redirect)

BOOST_AUTO_TEST_CASE(references_are_resolved_as_rfc_3986_has_it) {
    const net::Url base = net::parse_url("https://a.example/b/c/d?q").value();
    const std::pair<const char*, const char*> rows[] = {
        {"g", "https://a.example/b/c/g"},
        {"./g", "https://a.example/b/c/g"},
        {"g/", "https://a.example/b/c/g/"},
        {"/g", "https://a.example/g"},
        {"//g", "https://g/"},
        {"?y", "https://a.example/b/c/d?y"},
        {"g?y#s", "https://a.example/b/c/g?y"},
        {"g?y/../x", "https://a.example/b/c/g?y/../x"},
        {"", "https://a.example/b/c/d"},
        {".", "https://a.example/b/c/"},
        {"..", "https://a.example/b/"},
        {"../..", "https://a.example/"},
        {"../../../g", "https://a.example/g"},
        {"/./g", "https://a.example/g"},
        {"/g/..", "https://a.example/"},
        {"g//h", "https://a.example/b/c/g//h"},
        {"http://h.example:81/x", "http://h.example:81/x"},
        {"g?u=http://x", "https://a.example/b/c/g?u=http://x"},
    };
    for (const auto& [reference, wanted] : rows) {
        BOOST_TEST_CONTEXT(reference) {
            const auto url = net::resolve_reference(base, reference);
            BOOST_REQUIRE(url.ok());
            BOOST_TEST(url->text() == wanted);
        }
    }
    for (const char* reference : {"javascript:x", "mailto:a@b.example", "ftp://a.example/",
                                  "//u:p@a.example/", "/a b", "/a\r\nb"}) {
        BOOST_TEST_CONTEXT(reference) { BOOST_TEST(!net::resolve_reference(base, reference).ok()); }
    }
}

BOOST_AUTO_TEST_CASE(redirects_stay_on_the_allow_list_and_never_lose_tls) {
    const net::FetchRequest request{.method = "POST",
                                    .url = "https://a.example/list",
                                    .headers = {{"X-Api-Key", "secret"}, {"Accept", "a/b"}},
                                    .body = "page=1",
                                    .body_type = "application/x-www-form-urlencoded"};
    const net::Hop first = net::first_hop(request, "recallgw").value();
    const auto redirected = [&first](int status, const std::string& location) {
        net::ReplyHead head;
        head.status = status;
        if (!location.empty()) head.headers = {{"location", location}};
        return net::next_hop(first, head, {"b.example"});
    };
    for (const std::string& location :
         {"https://c.example/"s, "https://a.example.c.example/"s, "http://a.example/"s,
          "http://b.example/"s, ""s, "gopher://a.example/"s}) {
        BOOST_TEST_CONTEXT(location) {
            const auto next = redirected(302, location);
            BOOST_REQUIRE(!next.ok());
            BOOST_TEST((next.error().code == ErrorCode::redirect));
        }
    }
    for (const int status : {301, 302, 303}) {
        const auto next = redirected(status, "/other").value();
        BOOST_TEST(next.method == "GET");
        BOOST_TEST((next.body + next.body_type).empty());
    }
    for (const int status : {307, 308}) {
        const auto next = redirected(status, "/other").value();
        BOOST_TEST(next.method == "POST");
        BOOST_TEST(next.body == "page=1");
        BOOST_TEST(next.headers.size() == 3U);
    }
    // A key stays with the host that it was given for, and does not come back.
    const auto away = redirected(307, "https://B.example/").value();
    BOOST_TEST(away.headers.size() == 2U);
    for (const net::Header& header : away.headers)
        BOOST_TEST(header.name != "X-Api-Key");
    net::ReplyHead head;
    head.status = 302;
    head.headers = {{"location", "https://a.example/back"}};
    const auto back = net::next_hop(away, head, {"b.example"}).value();
    BOOST_TEST(back.headers.size() == 2U);
}

BOOST_FIXTURE_TEST_CASE(redirects_are_followed_and_the_last_url_is_told, FetchFixture) {
    const RawServer server(
        {redirect_to("/second?x=1"), redirect_to("third", "308 Moved"), reply("200 OK", "here")});
    const auto fetched = fetch({.method = "POST", .url = server.url("/a/first"), .body = "b"});
    BOOST_REQUIRE_MESSAGE(fetched.ok(), spelt(fetched));
    BOOST_TEST(test::content(*fetched) == "here");
    BOOST_TEST(fetched->url == server.url("/third"));
    const auto requests = server.requests();
    BOOST_TEST(requests[0].starts_with("POST /a/first HTTP/1.1\r\n"));
    BOOST_TEST(
        requests[0].ends_with("Content-Length: 1\r\nAccept-Encoding: gzip\r\n"
                              "Connection: close\r\n\r\nb"));
    BOOST_TEST(requests[1].starts_with("GET /second?x=1 HTTP/1.1\r\n"));
    BOOST_TEST(requests[2].starts_with("GET /third HTTP/1.1\r\n"));
}

BOOST_FIXTURE_TEST_CASE(a_redirect_off_the_list_is_not_followed, FetchFixture) {
    const RawServer other({reply("200 OK", "secret")});
    const std::string elsewhere = "http://localhost:" + std::to_string(other.port()) + "/";
    const RawServer server({redirect_to(elsewhere)});
    BOOST_TEST(spelt(fetch_url(server.url("/"))) == "redirect");
    BOOST_TEST(other.requests().empty());
    manners.hosts = {"localhost"};
    BOOST_TEST(spelt(fetch_url(server.url("/"))) == "ok");
}

BOOST_FIXTURE_TEST_CASE(redirects_that_go_round_end, FetchFixture) {
    const RawServer server({redirect_to("/again")});
    manners.attempts_max = 3;  // it is not worth another try
    manners.redirects_max = 4;
    BOOST_TEST(spelt(fetch_url(server.url("/"))) == "redirect");
    BOOST_TEST(server.requests().size() == 5U);
    BOOST_TEST(outcome(reply("302 Found", {})) == "redirect");
    BOOST_TEST(outcome(reply("302 Found", {}, "Location: /a\r\nLocation: /b\r\n")) == "redirect");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
