#include <boost/test/unit_test.hpp>

#include "gateway/crypto/digest.h"
#include "gateway/net/dechunker.h"
#include "gateway/net/reply_head.h"
#include "tests/unit/net/fetch_fixture.h"

namespace recall {
using namespace std::chrono_literals;
using namespace std::string_literals;
using net::Framing;
using test::FetchFixture;
using test::RawPeer;
using test::RawServer;
using test::reply;

BOOST_AUTO_TEST_SUITE(fetch_framing)

BOOST_AUTO_TEST_CASE(a_head_that_can_be_read_in_one_way_only_is_taken) {
    struct Row {
        const char* text;
        int status;
        Framing framing;
        std::uint64_t length;
    };
    const Row rows[] = {
        {"HTTP/1.1 200 OK\r\nContent-Length: 5", 200, Framing::length, 5},
        {"HTTP/1.1 200\r\nCONTENT-LENGTH:5 ", 200, Framing::length, 5},
        {"HTTP/1.0 200 Fine\r\nContent-Type: a/b", 200, Framing::close, 0},
        {"HTTP/1.1 200 OK", 200, Framing::close, 0},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked", 200, Framing::chunked, 0},
        {"HTTP/1.1 304 Same\r\nContent-Length: 99", 304, Framing::none, 99},
        {"HTTP/1.1 204 None", 204, Framing::none, 0},
        {"HTTP/1.1 100 Continue", 100, Framing::none, 0},
        {"HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615", 200, Framing::length,
         18446744073709551615U},
        {"HTTP/1.1 200 OK\r\nX:\r\nX: \xC3\xA9\tb\r\nContent-Length: 0", 200, Framing::length, 0},
    };
    for (const Row& row : rows) {
        BOOST_TEST_CONTEXT(row.text) {
            const auto head = net::parse_reply_head(row.text);
            BOOST_REQUIRE(head.ok());
            BOOST_TEST(head->status == row.status);
            BOOST_TEST((head->framing == row.framing));
            BOOST_TEST(head->length == row.length);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_head_that_two_readers_would_read_differently_is_refused) {
    const std::string rows[] = {
        "",
        "HTTP/2 200 OK",
        "HTTP/1.1",
        "HTTP/1.1 20 OK",
        "HTTP/1.1 2000 OK",
        "HTTP/1.1 +20 OK",
        "HTTP/1.1 999 OK",
        "HTTP/9.9 200 OK",
        "http/1.1 200 OK",
        " HTTP/1.1 200 OK",
        "HTTP/1.1 200 OK\nContent-Length: 5",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5",
        "HTTP/1.1 200 OK\r\nContent-Length: 5, 5",
        "HTTP/1.1 200 OK\r\nContent-Length: +5",
        "HTTP/1.1 200 OK\r\nContent-Length: -5",
        "HTTP/1.1 200 OK\r\nContent-Length: 0x5",
        "HTTP/1.1 200 OK\r\nContent-Length: 5.0",
        "HTTP/1.1 200 OK\r\nContent-Length:",
        "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551616",
        "HTTP/1.1 200 OK\r\nContent-Length : 5",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked",
        "HTTP/1.1 200 OK\r\nno colon",
        "HTTP/1.1 200 OK\r\n: no name",
        "HTTP/1.1 200 OK\r\nA: b\r\n folded",
        "HTTP/1.1 200 OK\r\nA: b\rC: d",
        "HTTP/1.1 200 OK\r\nA: b\0c"s,
    };
    for (const std::string& row : rows) {
        BOOST_TEST_CONTEXT(row) {
            const auto head = net::parse_reply_head(row);
            BOOST_REQUIRE(!head.ok());
            BOOST_TEST((head.error().code == ErrorCode::wrong_document));
        }
    }
    std::string many = "HTTP/1.1 200 OK";
    for (std::size_t i = 0; i <= net::reply_headers_max; ++i)
        many += "\r\nA: b";
    BOOST_TEST(!net::parse_reply_head(many).ok());
}

BOOST_AUTO_TEST_CASE(chunks_are_joined_however_they_are_cut_and_refused_when_they_are_wrong) {
    struct Row {
        std::string bytes;
        std::string wanted;  // the body, or "!" and an error, or "?" when it is not whole
    };
    const Row rows[] = {
        {"5\r\nhello\r\n0\r\n\r\n", "hello"},
        {"5;a=b\r\nhello\r\n1 \r\n!\r\n000\r\nTrailer: x\r\n\r\n", "hello!"},
        {"A\r\n0123456789\r\n0\r\n\r\n", "0123456789"},
        {"0\r\n\r\n", ""},
        {"5\r\nhello\r\n", "?"},
        {"5\r\nhello\r\n0\r\n", "?"},
        {"5\r\nhel", "?"},
        {"", "?"},
        {"4\r\nhello\r\n0\r\n\r\n", "!wrong-document"},
        {"0\r\n\r\nmore", "!wrong-document"},
        {"x\r\n", "!wrong-document"},
        {"-1\r\n", "!wrong-document"},
        {"+5\r\nhello\r\n0\r\n\r\n", "!wrong-document"},
        {"0x5\r\nhello\r\n0\r\n\r\n", "!wrong-document"},
        {"\r\n", "!wrong-document"},
        {"5\nhello\n0\n\n", "!wrong-document"},
        {"10000000000000005\r\nhello", "!wrong-document"},
        {"FFFFFFFFFFFFFFFF\r\nhello", "!too-large"},
        {"3E9\r\n", "!too-large"},
        {"5;" + std::string(5000, 'a') + "\r\nhello\r\n", "!wrong-document"},
    };
    for (const Row& row : rows) {
        for (const std::size_t step : {std::size_t{1}, std::size_t{3}, std::size_t{10'000}}) {
            BOOST_TEST_CONTEXT(row.bytes.substr(0, 40) << " by " << step) {
                net::Dechunker dechunker(1000);
                std::string body;
                std::string error;
                const net::ByteSink sink = [&body](std::string_view bytes) {
                    body += bytes;
                    return Result<void>();
                };
                for (std::size_t at = 0; at < row.bytes.size() && error.empty(); at += step) {
                    const auto fed =
                        dechunker.feed(std::string_view(row.bytes).substr(at, step), sink);
                    if (!fed) error = "!" + std::string(spelling(fed.error().code));
                }
                if (error.empty() && !dechunker.is_done()) error = "?";
                BOOST_TEST((error.empty() ? body : error) == row.wanted);
            }
        }
    }
}

BOOST_FIXTURE_TEST_CASE(a_body_arrives_whole_with_its_hash_and_its_first_bytes, FetchFixture) {
    std::string body(300'000, 'x');
    body.replace(5000, 3, "abc");
    const RawServer server({reply("200 OK", body,
                                  "Content-Type: text/plain\r\nETag: \"7\"\r\n"
                                  "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n")});
    {
        const auto fetched = fetch_url(server.url("/data?key=1"));
        BOOST_REQUIRE_MESSAGE(fetched.ok(), spelt(fetched));
        BOOST_TEST(test::content(*fetched) == body);
        BOOST_TEST(fetched->bytes == body.size());
        BOOST_TEST(fetched->sha256 == crypto::sha256_hex(body));
        BOOST_TEST(fetched->head == body.substr(0, net::fetched_head_bytes));
        BOOST_TEST(fetched->media_type == "text/plain");
        BOOST_TEST(fetched->etag == "\"7\"");
        BOOST_TEST(fetched->last_modified == "Sun, 06 Nov 1994 08:49:37 GMT");
        BOOST_TEST(fetched->url == server.url("/data?key=1"));
        BOOST_TEST(fetched->is_length_proven);
        const auto mode = std::filesystem::status(fetched->body->path()).permissions();
        BOOST_TEST(
            (mode == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)));
    }
    BOOST_TEST(spool_is_empty());
    BOOST_REQUIRE(server.requests().size() == 1U);
    BOOST_TEST(server.requests()[0] ==
               "GET /data?key=1 HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.port()) +
                   "\r\nUser-Agent: recallgw\r\nAccept: */*\r\n"
                   "Accept-Encoding: gzip\r\nConnection: close\r\n\r\n");
}

BOOST_FIXTURE_TEST_CASE(a_reply_is_whole_by_its_own_framing_or_an_error, FetchFixture) {
    const std::pair<std::string, std::string> rows[] = {
        {"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n12", "truncated"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n123", "wrong-document"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "ok"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n12",
         "wrong-document"},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n12\r\n0\r\n\r\n", "ok"},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n12\r\n", "truncated"},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n12\r\n0\r\n\r\n\r\n",
         "wrong-document"},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n12",
         "wrong-document"},
        {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n" +
             reply("200 OK", "12"),
         "ok"},
        {"HTTP/1.1 101 Switching\r\n\r\n", "wrong-document"},
        {"HTTP/1.1 200 OK\r\nContent-Le", "truncated"},
        {"", "truncated"},
        {"<html>", "truncated"},
        {"<html>\r\n\r\n", "wrong-document"},
        {"HTTP/1.1 200 OK\r\nA: " + std::string(net::reply_head_bytes_max, 'x') + "\r\n\r\n",
         "wrong-document"},
        {reply("204 No Content", {}), "wrong-document"},
        {reply("206 Partial Content", "12"), "wrong-document"},
        {reply("304 Not Modified", {}), "wrong-document"},
        {reply("404 Not Found", "gone"), "not-found"},
        {reply("403 Forbidden", "no"), "refused"},
        {reply("500 Oops", "no"), "refused"},
    };
    for (const auto& [bytes, wanted] : rows) {
        BOOST_TEST_CONTEXT(bytes.substr(0, 100)) { BOOST_TEST(outcome(bytes) == wanted); }
    }
    std::string interim;
    for (int i = 0; i < 20; ++i)
        interim += "HTTP/1.1 100 Continue\r\n\r\n";
    BOOST_TEST(outcome(interim + reply("200 OK", "12")) == "wrong-document");
    BOOST_TEST(spool_is_empty());
}

BOOST_FIXTURE_TEST_CASE(a_body_that_ends_with_the_connection_is_not_proven_whole, FetchFixture) {
    const RawServer server({"HTTP/1.0 200 OK\r\n\r\n[1,2"});
    const auto fetched = fetch_url(server.url("/"));
    BOOST_REQUIRE_MESSAGE(fetched.ok(), spelt(fetched));
    BOOST_TEST(test::content(*fetched) == "[1,2");
    BOOST_TEST(!fetched->is_length_proven);
}

BOOST_FIXTURE_TEST_CASE(a_body_over_its_limit_is_refused_however_it_is_framed, FetchFixture) {
    for (const std::string& bytes :
         {reply("200 OK", "12345678901"), "HTTP/1.1 200 OK\r\n\r\n12345678901"s,
          "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"s,
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n123456\r\n6\r\n123456\r\n"s}) {
        BOOST_TEST_CONTEXT(bytes) {
            const RawServer server({bytes});
            BOOST_TEST(spelt(fetch({.url = server.url("/"), .bytes_max = 10})) == "too-large");
        }
    }
    const RawServer server({reply("200 OK", "1234567890")});
    BOOST_TEST(spelt(fetch({.url = server.url("/"), .bytes_max = 10})) == "ok");
}

BOOST_FIXTURE_TEST_CASE(line_ends_never_go_out_in_a_header, FetchFixture) {
    const RawServer server({reply("200 OK", "1")});
    const std::string url = server.url("/");
    const net::FetchRequest rows[] = {
        {.url = url, .headers = {{"X", "a\r\nEvil: 1"}}},
        {.url = url, .headers = {{"X\r\nEvil", "1"}}},
        {.url = url, .etag = "\"1\"\r\nEvil: 1"},
        {.url = url, .last_modified = "x\ny"},
        {.method = "POST", .url = url, .body_type = "a/b\r\nEvil: 1"},
        {.url = url + "\r\nEvil: 1"},
        {.method = "GET / HTTP/1.1\r\nEvil: 1", .url = url},
        {.url = url, .headers = {{"Content-Length", "7"}}},
        {.url = url, .headers = {{"Transfer-encoding", "chunked"}}},
        {.url = url, .headers = {{"Host", "other.example"}}},
    };
    for (const net::FetchRequest& request : rows)
        BOOST_TEST(spelt(fetch(request)) == "bad-value");
    BOOST_TEST(server.requests().empty());
}

BOOST_FIXTURE_TEST_CASE(a_drip_feed_ends_at_the_deadline_although_every_read_is_in_time,
                        FetchFixture) {
    manners.read_timeout = 5s;
    manners.deadline = 100ms;
    const RawServer server([](RawPeer& peer) {
        peer.read_request();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        peer.drip(std::string(100'000, 'x'), 1ms);
    });
    const auto began = std::chrono::steady_clock::now();
    BOOST_TEST(spelt(fetch_url(server.url("/"))) == "timed-out");
    BOOST_TEST((std::chrono::steady_clock::now() - began < 3s));
}

BOOST_FIXTURE_TEST_CASE(a_server_that_falls_silent_is_given_up_after_one_wait, FetchFixture) {
    manners.read_timeout = 50ms;
    const RawServer server([](RawPeer& peer) {
        peer.read_request();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx");
        peer.hold();
    });
    BOOST_TEST(spelt(fetch_url(server.url("/"))) == "timed-out");
    BOOST_TEST(spool_is_empty());
}

BOOST_FIXTURE_TEST_CASE(stop_ends_a_drip_and_refuses_what_comes_after, FetchFixture) {
    net::Fetcher fetcher(options, clock);
    const RawServer server([&fetcher](RawPeer& peer) {
        peer.read_request();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        fetcher.stop();
        peer.drip(std::string(100'000, 'x'), 1ms);
    });
    manners.attempts_max = 5;
    const auto began = std::chrono::steady_clock::now();
    BOOST_TEST(spelt(fetcher.fetch({.url = server.url("/")}, manners)) == "timed-out");
    BOOST_TEST(spelt(fetcher.fetch({.url = server.url("/")}, manners)) == "timed-out");
    BOOST_TEST((std::chrono::steady_clock::now() - began < 3s));
    BOOST_TEST(server.requests().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
