#include <boost/test/unit_test.hpp>
#include <thread>

#include "tests/unit/net/fetch_fixture.h"

namespace recall {
using namespace std::chrono_literals;
using namespace std::string_literals;
using test::FetchFixture;
using test::RawPeer;
using test::RawServer;
using test::reply;

namespace {

std::string asked_for(const std::string& request) {
    const std::size_t first = request.find(' ') + 1;
    return request.substr(first, request.find(' ', first) - first);
}

std::string put_off(std::string_view status, std::string_view when) {
    return reply(status, {}, "Retry-After: " + std::string(when) + "\r\n");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fetch_manners)

BOOST_FIXTURE_TEST_CASE(a_known_copy_is_asked_for_conditionally, FetchFixture) {
    const RawServer server({reply("304 Not Modified", {}, "ETag: \"8\"\r\n"),
                            "HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n"});
    const net::FetchRequest request{
        .url = server.url("/"), .etag = "\"7\"", .last_modified = "Sun, 06 Nov 1994 08:49:37 GMT"};
    const auto fetched = fetch(request);
    BOOST_REQUIRE_MESSAGE(fetched.ok(), spelt(fetched));
    BOOST_TEST(fetched->is_not_modified);
    BOOST_TEST(fetched->body == nullptr);
    BOOST_TEST(fetched->etag == "\"8\"");
    BOOST_TEST(fetch(request).value().etag == "\"7\"");
    const std::string sent = server.requests()[0];
    BOOST_TEST(sent.find("\r\nIf-None-Match: \"7\"\r\n") != std::string::npos);
    BOOST_TEST(sent.find("\r\nIf-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n") !=
               std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(the_caller_may_name_another_agent, FetchFixture) {
    const RawServer server({reply("200 OK", "1")});
    BOOST_TEST(fetch({.url = server.url("/"), .headers = {{"user-agent", "Mozilla/5.0"}}}).ok());
    const std::string sent = server.requests()[0];
    BOOST_TEST(sent.find("\r\nuser-agent: Mozilla/5.0\r\n") != std::string::npos);
    BOOST_TEST(sent.find("recallgw") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(what_may_pass_is_tried_again_and_what_will_not_is_not, FetchFixture) {
    struct Row {
        std::string first;
        std::string wanted;
        std::size_t requests;
    };
    const Row rows[] = {
        {reply("503 Busy", "later"), "ok", 2},
        {reply("500 Oops", {}), "ok", 2},
        {reply("502 Bad Gateway", {}), "ok", 2},
        {reply("408 Timeout", {}), "ok", 2},
        {reply("429 Slower", {}), "ok", 2},
        {"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n12", "ok", 2},
        {"", "ok", 2},
        {reply("400 Bad", {}), "refused", 1},
        {reply("401 Who", {}), "refused", 1},
        {reply("403 No", {}), "refused", 1},
        {reply("404 Gone", {}), "not-found", 1},
        {reply("410 Gone", {}), "not-found", 1},
        {reply("200 OK", std::string(2000, 'x')), "too-large", 1},
    };
    manners.attempts_max = 3;
    for (const Row& row : rows) {
        BOOST_TEST_CONTEXT(row.first) {
            const RawServer server({row.first, reply("200 OK", "12")});
            BOOST_TEST(spelt(fetch({.url = server.url("/"), .bytes_max = 1000})) == row.wanted);
            BOOST_TEST(server.requests().size() == row.requests);
        }
    }
    const RawServer server({reply("503 Busy", {})});
    BOOST_TEST(spelt(fetch_url(server.url("/"))) == "refused");
    BOOST_TEST(server.requests().size() == 3U);
}

BOOST_FIXTURE_TEST_CASE(nobody_listening_is_unreachable, FetchFixture) {
    std::string url;
    {
        const RawServer server({""});
        url = server.url("/");
    }
    BOOST_TEST(spelt(fetch_url(url)) == "unreachable");
    BOOST_TEST(spelt(fetch_url("http://no-such-host.invalid/")) == "unreachable");
}

BOOST_FIXTURE_TEST_CASE(retry_after_takes_the_place_of_the_back_off, FetchFixture) {
    manners.attempts_max = 2;
    // Any of these would be waited for longer than the test may take.
    manners.backoff = {.first = 1000h, .most = 1000h};
    clock.time = std::chrono::sys_days{std::chrono::year{1994} / 11 / 6} + 8h + 49min + 37s;
    for (const char* when :
         {"0", "Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:00:00 GMT"}) {
        for (const char* status : {"429 Slower", "503 Busy"}) {
            const RawServer server({put_off(status, when), reply("200 OK", "1")});
            BOOST_TEST(spelt(fetch_url(server.url("/"))) == "ok");
        }
    }
}

BOOST_FIXTURE_TEST_CASE(a_retry_after_beyond_patience_ends_the_fetch_and_the_next_one,
                        FetchFixture) {
    manners.attempts_max = 4;
    manners.retry_after_max = 300s;
    clock.time = std::chrono::sys_days{std::chrono::year{1994} / 11 / 6} + 8h;
    for (const char* when : {"301", "99999999999", "Sun, 06 Nov 1994 08:49:37 GMT"}) {
        BOOST_TEST_CONTEXT(when) {
            net::Fetcher fetcher(options, clock);
            const RawServer server({put_off("503 Busy", when)});
            BOOST_TEST(spelt(fetcher.fetch({.url = server.url("/")}, manners)) == "rate-limited");
            // The host is left alone, whoever asks.
            BOOST_TEST(spelt(fetcher.fetch({.url = server.url("/b")}, manners)) == "rate-limited");
            BOOST_TEST(server.requests().size() == 1U);
        }
    }
}

BOOST_FIXTURE_TEST_CASE(stop_ends_the_wait_that_a_server_asked_for, FetchFixture) {
    manners.attempts_max = 4;
    net::Fetcher fetcher(options, clock);
    const RawServer server({put_off("429 Slower", "200")});
    std::jthread stopper([&] {
        while (server.requests().empty())
            std::this_thread::yield();
        fetcher.stop();
    });
    BOOST_TEST(spelt(fetcher.fetch({.url = server.url("/")}, manners)) == "timed-out");
    BOOST_TEST(server.requests().size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(threads_share_the_pause_between_requests_to_one_host, FetchFixture) {
    manners.interval = 40ms;
    std::vector<std::chrono::steady_clock::time_point> arrivals;  // the server's thread, until join
    {
        net::Fetcher fetcher(options, clock);
        std::atomic<int> good = 0;
        const RawServer server([&arrivals](RawPeer& peer) {
            peer.read_request();
            arrivals.push_back(std::chrono::steady_clock::now());
            peer.send(reply("200 OK", "1"));
        });
        {
            const auto fetch_twice = [&] {
                for (int i = 0; i < 2; ++i)
                    good += fetcher.fetch({.url = server.url("/")}, manners).ok() ? 1 : 0;
            };
            const std::jthread one(fetch_twice);
            const std::jthread two(fetch_twice);
        }
        BOOST_TEST(good == 4);
    }
    BOOST_REQUIRE(arrivals.size() == 4U);
    // Four turns have three pauses; one request may be slow to arrive, the last is not early.
    BOOST_TEST((arrivals.back() - arrivals.front() >= 3 * 40ms - 20ms));
}

BOOST_FIXTURE_TEST_CASE(robots_txt_is_read_once_a_day_and_obeyed, FetchFixture) {
    manners.obeys_robots = true;
    options.agent = "recallgw/1.0";
    net::Fetcher fetcher(options, clock);
    const RawServer server([](RawPeer& peer) {
        const std::string path = asked_for(peer.read_request());
        peer.send(path == "/robots.txt"
                      ? reply("200 OK", "User-agent: RecallGW\nDisallow: /private\n")
                      : reply("200 OK", "1"));
    });
    const auto outcome_of = [&](const std::string& path) {
        return spelt(fetcher.fetch({.url = server.url(path)}, manners));
    };
    BOOST_TEST(outcome_of("/a") == "ok");
    BOOST_TEST(outcome_of("/private/b?c") == "robots");
    clock.time = clock.now() + 23h;
    BOOST_TEST(outcome_of("/d") == "ok");
    clock.time = clock.now() + 2h;
    BOOST_TEST(outcome_of("/e") == "ok");
    std::vector<std::string> paths;
    for (const std::string& request : server.requests())
        paths.push_back(asked_for(request));
    const std::vector<std::string> wanted = {"/robots.txt", "/a", "/d", "/robots.txt", "/e"};
    BOOST_TEST(paths == wanted, boost::test_tools::per_element());
    manners.obeys_robots = false;
    BOOST_TEST(outcome_of("/private/b") == "ok");
}

BOOST_FIXTURE_TEST_CASE(a_missing_robots_txt_allows_and_an_unreadable_one_forbids, FetchFixture) {
    manners.obeys_robots = true;
    struct Row {
        std::string robots;
        const char* wanted;
    };
    const Row rows[] = {
        {reply("404 Not Found", {}), "ok"},
        {reply("403 Forbidden", {}), "ok"},
        {test::redirect_to("https://elsewhere.example/robots.txt"), "ok"},
        {test::redirect_to("/robots.txt"), "ok"},
        {reply("500 Oops", {}), "refused"},
        {put_off("503 Busy", "301"), "rate-limited"},
        {reply("429 Slower", {}), "rate-limited"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nUser-agent: *\n", "truncated"},
        {"", "truncated"},
    };
    for (const Row& row : rows) {
        BOOST_TEST_CONTEXT(row.robots) {
            const RawServer server([&row](RawPeer& peer) {
                const std::string path = asked_for(peer.read_request());
                peer.send(path == "/robots.txt" ? row.robots : reply("200 OK", "1"));
            });
            BOOST_TEST(spelt(fetch_url(server.url("/a"))) == row.wanted);
            const auto last = server.requests().back();
            BOOST_TEST((asked_for(last) == "/a") == (row.wanted == "ok"s));
        }
    }
}

BOOST_FIXTURE_TEST_CASE(robots_txt_holds_for_the_target_of_a_redirect_too, FetchFixture) {
    manners.obeys_robots = true;
    const RawServer server([](RawPeer& peer) {
        const std::string path = asked_for(peer.read_request());
        if (path == "/robots.txt") {
            peer.send(reply("200 OK", "User-agent: *\nDisallow: /private\n"));
        } else {
            peer.send(path == "/a" ? test::redirect_to("/private") : reply("200 OK", "1"));
        }
    });
    BOOST_TEST(spelt(fetch_url(server.url("/a"))) == "robots");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
