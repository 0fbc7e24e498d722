// The running server and callers that are slow, silent or too many.

#include <thread>

#include "tests/unit/http/server_fixture.h"

using recall::test::RawClient;
using recall::test::ServerFixture;
using recall::test::talk;
using std::chrono::milliseconds;
namespace http = recall::http;

BOOST_FIXTURE_TEST_SUITE(server_limits, ServerFixture)

BOOST_AUTO_TEST_CASE(a_drip_of_bytes_is_cut_at_the_total_deadline) {
    const std::string post = "POST /echo HTTP/1.1\r\nHost: h\r\n";
    const std::string begins[] = {
        "GET /things/a HTTP/1.1\r\nX: ",                     // the head
        post + "Content-Length: 900\r\n\r\n",                // a body that is waited for
        post + "Transfer-Encoding: chunked\r\n\r\n384\r\n",  // one that nobody may send
        "POST /kept HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer good\r\n"
        "Transfer-Encoding: chunked\r\n\r\n384\r\n",
    };
    for (const std::string& begin : begins) {
        http::ServerOptions quick = options();
        quick.room.head_timeout = milliseconds(300);
        quick.request_timeout = milliseconds(300);
        http::Server server(quick, guard);
        server.start();
        const RawClient client(server.port());
        const auto start = std::chrono::steady_clock::now();
        client.send(begin);
        // The server's end shows as a failed send or an ended read; the drip itself never pauses
        // longer than a timeout for each read would notice.
        std::atomic<int> dripped = 0;
        std::jthread drip([&](const std::stop_token& stop) {
            while (!stop.stop_requested() && dripped < 200 && client.send("a")) {
                ++dripped;
                std::this_thread::yield();
            }
        });
        const std::string reply = client.all();
        drip.request_stop();
        BOOST_TEST((std::chrono::steady_clock::now() - start < milliseconds(5000)), begin);
        BOOST_TEST(reply.find("200 OK") == std::string::npos, begin);
    }
}

BOOST_AUTO_TEST_CASE(half_open_connections_shut_nobody_out) {
    const std::string half_heads[] = {
        "", "GET /things/a HTTP/1.1\r\nHost: h\r\nX-Slow: ",
        "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n"};
    for (const std::string& half : half_heads) {
        http::ServerOptions few = options();
        few.threads = 2;
        http::Server server(few, guard);
        server.start();
        std::vector<std::unique_ptr<RawClient>> silent;
        for (int i = 0; i < 300; ++i) {
            silent.push_back(std::make_unique<RawClient>(server.port()));
            silent.back()->send(half);
        }
        const auto start = std::chrono::steady_clock::now();
        const std::string reply =
            talk(server, "GET /things/health HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        BOOST_TEST(reply.starts_with("HTTP/1.1 200 "), half);
        // Far below every timeout, so that none of them let it in.
        BOOST_TEST((std::chrono::steady_clock::now() - start < milliseconds(2000)), half);
        BOOST_TEST(server.connections() <= few.room.connections_per_address_max);
    }
}

BOOST_AUTO_TEST_CASE(at_a_limit_the_longest_silent_connection_makes_room) {
    for (const bool of_all : {true, false}) {
        http::ServerOptions two = options();
        two.room.keep_alive = milliseconds(10000);
        (of_all ? two.room.connections_max : two.room.connections_per_address_max) = 2;
        http::Server server(two, guard);
        server.start();
        const std::string get = "GET /things/a HTTP/1.1\r\nHost: h\r\n\r\n";
        const RawClient kept(server.port());
        kept.send(get);
        BOOST_TEST(kept.until("a|").ends_with("a|"));
        const RawClient silent(server.port());
        const RawClient third(server.port());
        BOOST_TEST(silent.all().empty());
        third.send(get);
        BOOST_TEST(third.until("a|").ends_with("a|"));
        kept.send(get);
        BOOST_TEST(kept.until("a|").ends_with("a|"));
        const RawClient fourth(server.port());
        fourth.send(get);
        BOOST_TEST(fourth.until("a|").ends_with("a|"));
        BOOST_TEST(third.all().empty());
        BOOST_TEST(metrics.text().find("connections_ended_total{why=\"displaced\"}") !=
                   std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(a_silent_connection_is_ended_when_its_time_is_over) {
    http::ServerOptions quick = options();
    quick.room.head_timeout = milliseconds(200);
    http::Server server(quick, guard);
    server.start();
    const RawClient silent(server.port());
    BOOST_TEST(silent.all().empty());
    const RawClient kept(server.port());
    kept.send("GET /things/a HTTP/1.1\r\nHost: h\r\n\r\nGET /thi");
    BOOST_TEST(kept.all().find("a|") != std::string::npos);
    BOOST_TEST(metrics.text().find("connections_ended_total{why=\"late\"} 2") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_body_is_not_read_before_the_caller_is_known) {
    http::Server server(options(), guard);
    server.start();
    const RawClient client(server.port());
    client.send(
        "POST /kept HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 900\r\n\r\n");
    const std::string reply = client.until("retry");
    BOOST_TEST(reply.starts_with("HTTP/1.1 401 "), reply);
    BOOST_TEST(reply.find("Connection: close\r\n") != std::string::npos);
    // A small body that is here leaves the connection in use.
    const std::string both =
        talk(server,
             "POST /kept HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nok"
             "GET /things/next HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    BOOST_TEST(both.starts_with("HTTP/1.1 401 "));
    BOOST_TEST(both.find("next|") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
