#include <boost/test/unit_test.hpp>

#include "gateway/base/failure.h"
#include "tests/unit/net/fetch_fixture.h"

namespace recall {
using namespace std::chrono_literals;
using namespace std::string_literals;
using test::FetchFixture;
using test::Identity;
using test::Pki;
using test::RawPeer;
using test::RawServer;
using test::reply;

namespace {

struct RouteFixture : FetchFixture {
    test::TempFolder pki_folder;
    Pki pki{pki_folder.path().string()};
    Identity server = pki.server("server");

    RouteFixture() { options.authority_file = pki.authority().certificate_file; }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(fetch_route)

BOOST_FIXTURE_TEST_CASE(names_and_addresses_that_lead_inside_are_refused, FetchFixture) {
    options.may_reach_private_hosts = false;
    const RawServer server({reply("200 OK", "secret")});
    const std::string port = ":" + std::to_string(server.port()) + "/";
    for (const std::string& host : {"127.0.0.1"s, "localhost"s, "[::1]"s, "[::ffff:127.0.0.1]"s,
                                    "10.0.0.1"s, "169.254.169.254"s, "0.0.0.0"s, "2130706433"s}) {
        BOOST_TEST_CONTEXT(host) {
            BOOST_TEST(spelt(fetch_url(std::string("http://").append(host) + port)) == "forbidden");
        }
    }
    BOOST_TEST(server.requests().empty());
    const auto refused = fetch_url("http://127.0.0.1" + port);
    BOOST_TEST(refused.error().text.find("poll.stand_in fetches from a local server") !=
               std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_proxy_is_no_way_inside_for_addresses_either, FetchFixture) {
    const RawServer proxy({reply("200 OK", "secret")});
    options.proxy = proxy.url("");
    options.may_reach_private_hosts = false;
    BOOST_TEST(spelt(fetch_url("http://169.254.169.254/")) == "forbidden");
    BOOST_TEST(spelt(fetch_url("https://[::1]/")) == "forbidden");
    BOOST_TEST(proxy.requests().empty());
}

BOOST_FIXTURE_TEST_CASE(https_is_spoken_to_a_server_that_the_authorities_vouch_for, RouteFixture) {
    const RawServer source({reply("200 OK", "data")}, &server);
    const auto fetched = fetch_url(source.url("/x", "https"));
    BOOST_REQUIRE_MESSAGE(fetched.ok(), (fetched ? "" : fetched.error().line()));
    BOOST_TEST(test::content(*fetched) == "data");
}

BOOST_FIXTURE_TEST_CASE(a_certificate_of_a_strange_authority_is_refused, RouteFixture) {
    const test::TempFolder strange_folder;
    const Identity stranger = Pki(strange_folder.path().string()).server("stranger");
    const RawServer source({reply("200 OK", "data")}, &stranger);
    manners.attempts_max = 3;  // it is not worth another try
    BOOST_TEST(spelt(fetch_url(source.url("/", "https"))) == "tls");
    BOOST_TEST(source.requests().empty());
    options.authority_file.clear();  // nor do the system's authorities know ours
    const RawServer ours({reply("200 OK", "data")}, &server);
    BOOST_TEST(spelt(fetch_url(ours.url("/", "https"))) == "tls");
    options.authority_file = "/nowhere/ca.pem";
    BOOST_TEST(spelt(fetch_url(ours.url("/", "https"))) == "tls");
}

BOOST_FIXTURE_TEST_CASE(a_certificate_for_another_host_is_refused, RouteFixture) {
    auto key = crypto::PrivateKey::generate(crypto::KeyKind::p256);
    auto wanted = test::certificate_request("other", crypto::CertificateRequest::Use::server);
    wanted.dns_names = {"other.example"};
    const auto certificate = crypto::make_certificate(
        wanted, key.public_key(), {pki.authority().certificate, pki.authority().key});
    const Identity other{std::move(key), certificate, pki_folder.file("other.pem"),
                         pki_folder.file("other.key")};
    std::ofstream(other.certificate_file) << other.certificate.to_pem();
    std::ofstream(other.key_file) << other.key.to_pem();
    const RawServer source({reply("200 OK", "data")}, &other);
    BOOST_TEST(spelt(fetch_url(source.url("/", "https"))) == "tls");
    BOOST_TEST(spelt(fetch_url("https://localhost:" + std::to_string(source.port()) + "/")) ==
               "tls");
    BOOST_TEST(source.requests().empty());
}

BOOST_FIXTURE_TEST_CASE(a_server_without_tls_or_without_patience_is_reported_as_such,
                        RouteFixture) {
    const RawServer plain([](RawPeer& peer) {
        peer.send("HTTP/1.1 400 This is not TLS\r\n\r\n");
        peer.hold();
    });
    BOOST_TEST(spelt(fetch_url(plain.url("/", "https"))) == "tls");
    const RawServer hasty([](RawPeer& peer) { peer.cut(); });
    BOOST_TEST(spelt(fetch_url(hasty.url("/", "https"))) == "unreachable");
    manners.deadline = 50ms;
    const RawServer silent([](RawPeer& peer) { peer.hold(); });
    BOOST_TEST(spelt(fetch_url(silent.url("/", "https"))) == "timed-out");
}

BOOST_FIXTURE_TEST_CASE(with_tls_the_end_of_the_connection_must_be_said, RouteFixture) {
    const std::string bytes = "HTTP/1.1 200 OK\r\n\r\n[1,2,3]";
    const RawServer orderly({bytes}, &server);
    const auto fetched = fetch_url(orderly.url("/", "https"));
    BOOST_REQUIRE_MESSAGE(fetched.ok(), spelt(fetched));
    BOOST_TEST(fetched->is_length_proven);
    const RawServer cut([&](RawPeer& peer) {
        if (!peer.secure(server)) return;
        peer.read_request();
        peer.send(bytes);
        peer.cut();
    });
    BOOST_TEST(spelt(fetch_url(cut.url("/", "https"))) == "truncated");
}

BOOST_FIXTURE_TEST_CASE(a_drip_through_tls_ends_at_the_deadline, RouteFixture) {
    manners.deadline = 200ms;
    const RawServer source([&](RawPeer& peer) {
        if (!peer.secure(server)) return;
        peer.read_request();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        peer.drip(std::string(100'000, 'x'), 1ms);
    });
    BOOST_TEST(spelt(fetch_url(source.url("/", "https"))) == "timed-out");
}

BOOST_FIXTURE_TEST_CASE(a_proxy_is_asked_for_the_whole_url_with_its_credentials, FetchFixture) {
    const RawServer proxy({reply("200 OK", "data"), reply("407 Who", {})});
    options.proxy = "http://us%40er:pass@127.0.0.1:" + std::to_string(proxy.port());
    BOOST_TEST(spelt(fetch_url("http://source.invalid/x?y")) == "ok");
    const std::string sent = proxy.requests()[0];
    BOOST_TEST(
        sent.starts_with("GET http://source.invalid/x?y HTTP/1.1\r\nHost: source.invalid\r\n"
                         "Proxy-Authorization: Basic dXNAZXI6cGFzcw==\r\n"));
    const auto refused = fetch_url("http://source.invalid/x?y");
    BOOST_TEST(spelt(refused) == "refused");
    BOOST_TEST(refused.error().text.find("pass") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(https_goes_through_a_tunnel_and_the_proxy_sees_no_more_than_the_name,
                        RouteFixture) {
    const RawServer proxy([&](RawPeer& peer) {
        peer.read_request();
        peer.send("HTTP/1.1 200 Connected\r\n\r\n");
        if (!peer.secure(server)) return;
        peer.read_request();
        peer.send(reply("200 OK", "data"));
    });
    options.proxy = "http://user:pass@127.0.0.1:" + std::to_string(proxy.port());
    const auto fetched = fetch_url("https://localhost/x?key=1");
    BOOST_REQUIRE_MESSAGE(fetched.ok(), (fetched ? "" : fetched.error().line()));
    const auto requests = proxy.requests();
    BOOST_REQUIRE(requests.size() == 2U);
    BOOST_TEST(requests[0] ==
               "CONNECT localhost:443 HTTP/1.1\r\nHost: localhost:443\r\n"
               "Proxy-Authorization: Basic dXNlcjpwYXNz\r\n\r\n");
    BOOST_TEST(requests[1].starts_with("GET /x?key=1 HTTP/1.1\r\nHost: localhost\r\n"));
    BOOST_TEST(requests[1].find("Proxy-") == std::string::npos);
    // The certificate must be the source's, not just anybody's.
    BOOST_TEST(spelt(fetch_url("https://source.invalid/")) == "tls");
}

BOOST_FIXTURE_TEST_CASE(a_tunnel_that_is_refused_or_speaks_first_is_no_tunnel, RouteFixture) {
    const std::pair<const char*, const char*> rows[] = {
        {"HTTP/1.1 502 No\r\n\r\n", "unreachable"},
        {"HTTP/1.1 200 OK\r\n\r\nearly", "wrong-document"},
        {"garbage\r\n\r\n", "wrong-document"},
        {"", "truncated"},
    };
    for (const auto& [bytes, wanted] : rows) {
        BOOST_TEST_CONTEXT(bytes) {
            const RawServer proxy({bytes});
            options.proxy = proxy.url("");
            BOOST_TEST(spelt(fetch_url("https://source.invalid/")) == wanted);
        }
    }
}

BOOST_FIXTURE_TEST_CASE(a_stand_in_gets_what_the_source_would_get, RouteFixture) {
    const RawServer stand_in([&](RawPeer& peer) {
        if (!peer.secure(server)) return;
        peer.read_request();
        peer.send(reply("200 OK", peer.server_name()));
    });
    options.stand_in = stand_in.url("", "https");
    options.may_reach_private_hosts = false;
    for (const char* scheme : {"https", "http"}) {
        const auto fetched = fetch_url(std::string(scheme) + "://www.source.example/x?y");
        BOOST_REQUIRE_MESSAGE(fetched.ok(), (fetched ? "" : fetched.error().line()));
        BOOST_TEST(test::content(*fetched) == "www.source.example");
        BOOST_TEST(fetched->url == std::string(scheme) + "://www.source.example/x?y");
    }
    for (const std::string& request : stand_in.requests()) {
        BOOST_TEST(request.starts_with("GET /x?y HTTP/1.1\r\nHost: www.source.example\r\n"));
    }
    options.authority_file.clear();
    BOOST_TEST(spelt(fetch_url("https://www.source.example/")) == "tls");
}

BOOST_FIXTURE_TEST_CASE(a_proxy_or_stand_in_that_is_no_url_is_found_at_the_start, FetchFixture) {
    const auto code_of = [this](const std::string& proxy, const std::string& stand_in) {
        net::FetcherOptions wrong = options;
        wrong.proxy = proxy;
        wrong.stand_in = stand_in;
        try {
            const net::Fetcher fetcher(wrong, clock);
        } catch (const Failure& failure) {
            BOOST_TEST(std::string(failure.what()).find("secret") == std::string::npos);
            return std::string(spelling(failure.code()));
        }
        return "none"s;
    };
    BOOST_TEST(code_of("", "") == "none");
    BOOST_TEST(code_of("http://u:secret@proxy.example:3128", "https://127.0.0.1:1") == "none");
    BOOST_TEST(code_of("https://u:secret@proxy.example", "") == "config");
    BOOST_TEST(code_of("socks5://u:secret@proxy.example", "") == "config");
    BOOST_TEST(code_of("u:secret@proxy.example:3128", "") == "config");
    BOOST_TEST(code_of("", "127.0.0.1:1") == "config");
}

BOOST_FIXTURE_TEST_CASE(a_spool_that_cannot_be_written_is_a_failure_of_ours, FetchFixture) {
    options.spool_folder = folder.file("missing");
    const RawServer server({reply("200 OK", "data")});
    BOOST_CHECK_EXCEPTION((void)fetch_url(server.url("/")), Failure,
                          [](const Failure& failure) { return failure.code() == ErrorCode::io; });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
