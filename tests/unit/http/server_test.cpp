// The running server against raw bytes.

#include <thread>

#include "gateway/base/log.h"
#include "tests/unit/http/server_fixture.h"

using recall::Failure;
using recall::test::RawClient;
using recall::test::ServerFixture;
using recall::test::talk;
using std::chrono::milliseconds;
namespace http = recall::http;

BOOST_FIXTURE_TEST_SUITE(server, ServerFixture)

BOOST_AUTO_TEST_CASE(what_is_not_one_clear_request_is_refused_and_the_connection_closed) {
    http::Server server(options(), guard);
    server.start();
    const std::string post = "POST /echo HTTP/1.1\r\nHost: h\r\n";
    struct Case {
        std::string bytes;
        const char* status;
    };
    const Case cases[] = {
        {post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
        {post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nhello", "400"},
        {post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", "400"},
        {post + "Content-Length: 5, 5\r\n\r\nhello", "400"},
        {post + "Content-Length: 5\r\ncontent-length: 6\r\n\r\nhello", "400"},
        {post + "Content-Length: -5\r\n\r\nhello", "400"},
        {post + "Content-Length: +5\r\n\r\nhello", "400"},
        {post + "Content-Length: 0x5\r\n\r\nhello", "400"},
        {post + "Content-Length: 5a\r\n\r\nhello", "400"},
        {post + "Content-Length:\r\n\r\nhello", "400"},
        {post + "Content-Length: 99999999999999999999\r\n\r\n", "413"},
        {post + "Content-Length: 1001\r\n\r\n", "413"},
        {post + "Content-Length: 50\r\n\r\nhi", "400"},
        {post + "Content-Length : 5\r\n\r\nhello", "400"},
        {post + " Content-Length: 5\r\n\r\nhello", "400"},
        {post + "X: 1\r\n folded\r\n\r\n", "400"},
        {post + "no colon here\r\n\r\n", "400"},
        {post + ": nameless\r\n\r\n", "400"},
        {post + std::string("X: a\0b\r\n\r\n", 10), "400"},
        {post + "X: a\rb\r\n\r\n", "400"},
        {"POST /echo HTTP/1.1\nHost: h\n\n", "400"},
        {post + "X: 1\nContent-Length: 5\r\n\r\nhello", "400"},
        {post + "Transfer-Encoding: gzip\r\n\r\nhello", "501"},
        {post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "501"},
        {post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", "501"},
        {post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
        {post + "Transfer-Encoding: chunked\r\n\r\n5\r\nhel", "400"},
        {post + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello!!\r\n0\r\n\r\n", "400"},
        {post + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n", "400"},
        {post + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n", "413"},
        {post + "Transfer-Encoding: chunked\r\n\r\n-1\r\n", "400"},
        {post + "Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n", "400"},
        {post + "Transfer-Encoding: chunked\r\n\r\n\r\n", "400"},
        {"POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
        {"GET /things/a HTTP/1.1\r\n\r\n", "400"},
        {"GET /things/a HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400"},
        {"GET /things/a HTTP/9.9\r\nHost: h\r\n\r\n", "400"},
        {"GET /things/a\r\n\r\n", "400"},
        {"GET things HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
        {"GET http://h/things/a HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
        {"GET /things/a?q=%zz HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
        {"GET /things/a#b HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
        {"BREW /things/a HTTP/1.1\r\nHost: h\r\n\r\n", "501"},
        {"get /things/a HTTP/1.1\r\nHost: h\r\n\r\n", "501"},
        {"GET /" + std::string(40000, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n", "431"},
        {"GET /things/a HTTP/1.1\r\nHost: h\r\nX: " + std::string(40000, 'a') + "\r\n\r\n", "431"},
        {std::string(40000, 'a'), "431"},
        {"\x16\x03\x01\x02", ""},
    };
    for (const Case& row : cases) {
        const std::string reply =
            talk(server, row.bytes + "GET /things/smuggled HTTP/1.1\r\nHost: h\r\n\r\n");
        const std::string shown = row.bytes.substr(0, 120) + " gave " + reply.substr(0, 200);
        BOOST_TEST(reply.find("smuggled") == std::string::npos, shown);
        if (*row.status == '\0') continue;
        const bool short_body =
            row.bytes.find("\r\n\r\nhi") != std::string::npos || row.bytes.ends_with("\r\nhel");
        const std::string given = short_body ? talk(server, row.bytes) : reply;
        BOOST_TEST(given.starts_with("HTTP/1.1 " + std::string(row.status) + " "), shown);
        BOOST_TEST(given.find("Connection: close\r\n") != std::string::npos, shown);
        BOOST_TEST(given.find("application/problem+json") != std::string::npos, shown);
    }
    BOOST_TEST(echoed == 0);
}

BOOST_AUTO_TEST_CASE(too_many_headers_are_refused) {
    http::Server server(options(), guard);
    server.start();
    std::string bytes = "GET /things/a HTTP/1.1\r\nHost: h\r\n";
    for (int i = 0; i < 200; ++i)
        bytes += "X" + std::to_string(i) + ": 1\r\n";
    BOOST_TEST(talk(server, bytes + "\r\n").starts_with("HTTP/1.1 431 "));
}

BOOST_AUTO_TEST_CASE(good_requests_are_answered_in_order_on_one_connection) {
    http::Server server(options(), guard);
    server.start();
    const std::string reply =
        talk(server,
             "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello"
             "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: "
             "chunked\r\n\r\n3;x=y\r\nabc\r\nA\r\n0123456789"
             "\r\n0\r\nTrailer: t\r\n\r\n"
             "POST /echo HTTP/1.1\r\nHost: h\r\n\r\n"
             "GET /things/a%2Fb?q=%E4%B8%AD+x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    const std::size_t first = reply.find("[hello]");
    const std::size_t second = reply.find("[abc0123456789]");
    const std::size_t third = reply.find("[]");
    const std::size_t fourth = reply.find("a/b|中 x");
    BOOST_TEST(first < second);
    BOOST_TEST(second < third);
    BOOST_TEST(third < fourth);
    BOOST_TEST(fourth != std::string::npos);
}

BOOST_AUTO_TEST_CASE(head_gets_the_length_without_the_body) {
    http::Server server(options(), guard);
    server.start();
    const std::string reply =
        talk(server, "HEAD /things/abc HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    BOOST_TEST(reply.find("Content-Length: 4\r\n") != std::string::npos);
    BOOST_TEST(reply.ends_with("\r\n\r\n"));
}

BOOST_AUTO_TEST_CASE(a_line_break_never_gets_into_a_header) {
    http::Server server(options(), guard);
    server.start();
    const std::string reply = talk(
        server, "GET /things/a%0D%0AX-Evil:%201 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    const std::string head = reply.substr(0, reply.find("\r\n\r\n"));
    BOOST_TEST(head.find("\r\nX-Evil") == std::string::npos);
    BOOST_TEST(reply.find("X-Made: a  X-Evil: 1\r\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_caller_that_expects_it_is_told_to_continue) {
    http::Server server(options(), guard);
    server.start();
    const RawClient client(server.port());
    client.send(
        "POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    BOOST_TEST(client.until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("ok");
    BOOST_TEST(client.until("[ok]").ends_with("[ok]"));
}

BOOST_AUTO_TEST_CASE(errors_become_problems_without_inner_details) {
    struct Case {
        const char* request;
        const char* status;
        const char* wanted;
    };
    const Case cases[] = {
        {"GET /nowhere", "404", "\"code\":\"not-found\""},
        {"DELETE /things/a", "405", "Allow: GET, HEAD\r\n"},
        {"GET /secret", "401", "WWW-Authenticate: Bearer"},
        {"GET /partner", "401", "client certificate"},
        {"GET /fails", "503", "\"code\":\"database\""},
        {"GET /throws", "500", "\"code\":\"internal\""},
    };
    http::Server server(options(), guard);
    server.start();
    recall::redirect_log([](std::string_view, void*) {}, nullptr);
    for (const Case& row : cases) {
        const std::string reply = talk(
            server, std::string(row.request) + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        BOOST_TEST(reply.starts_with("HTTP/1.1 " + std::string(row.status)), reply);
        BOOST_TEST(reply.find(row.wanted) != std::string::npos, reply);
        BOOST_TEST(reply.find("X-Request-Id: ") != std::string::npos);
        BOOST_TEST(reply.find("nosniff") != std::string::npos);
        BOOST_TEST(reply.find("db7") == std::string::npos);
        BOOST_TEST(reply.find("secret-value") == std::string::npos);
    }
    recall::redirect_log(nullptr, nullptr);
}

BOOST_AUTO_TEST_CASE(a_valid_key_opens_the_door_and_nothing_else_does) {
    http::Server server(options(), guard);
    server.start();
    const std::pair<const char*, const char*> cases[] = {
        {"Bearer good", "200"}, {"bearer good", "200"}, {"Bearer bad", "401"},  {"Bearer ", "401"},
        {"Basic good", "401"},  {"good", "401"},        {"Bearer  good", "401"}};
    for (const auto& [value, status] : cases) {
        const std::string reply =
            talk(server, "GET /secret HTTP/1.1\r\nHost: h\r\nConnection: close\r\nAuthorization: " +
                             std::string(value) + "\r\n\r\n");
        BOOST_TEST(reply.starts_with("HTTP/1.1 " + std::string(status)), value);
    }
}

BOOST_AUTO_TEST_CASE(a_stop_under_load_loses_no_reply) {
    for (int round = 0; round < 5; ++round) {
        http::Server server(options(), guard);
        server.start();
        echoed = 0;
        std::atomic<int> whole = 0;
        std::atomic<int> begun = 0;
        {
            // Connected here: Boost.Test's checks are for one thread.
            std::vector<std::unique_ptr<RawClient>> clients;
            std::vector<std::jthread> callers;
            for (int i = 0; i < 4; ++i) {
                clients.push_back(std::make_unique<RawClient>(server.port()));
                callers.emplace_back([&, &client = *clients.back()] {
                    for (int n = 0; n < 100000; ++n) {
                        if (!client.send(
                                "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nok"))
                            return;
                        ++begun;
                        if (!client.until("[ok]").ends_with("[ok]")) return;
                        ++whole;
                    }
                });
            }
            while (begun < 200)
                std::this_thread::yield();
            server.stop();
        }
        // Every request that a handler worked on was answered whole.
        BOOST_TEST(whole == echoed);
        BOOST_TEST(server.connections() == 0);
    }
}

BOOST_AUTO_TEST_CASE(plain_http_is_refused_beyond_loopback) {
    http::ServerOptions open = options();
    open.address = "0.0.0.0";
    http::Server server(open, guard);
    BOOST_CHECK_THROW(server.start(), Failure);
}

BOOST_AUTO_TEST_CASE(a_port_that_is_taken_is_a_failure) {
    http::Server first(options(), guard);
    first.start();
    http::ServerOptions same = options();
    same.port = first.port();
    http::Server second(same, guard);
    BOOST_CHECK_THROW(second.start(), Failure);
}

BOOST_AUTO_TEST_SUITE_END()
