#include "gateway/net/courier.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/raw_server.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/net/fetch_fixture.h"

namespace recall {
using namespace std::chrono_literals;
using test::RawPeer;
using test::RawServer;
using test::reply;

namespace {

struct CourierFixture {
    test::TempFolder folder;
    test::Pki pki{folder.path().string()};
    test::Identity server = pki.server("server");
    test::Identity client = pki.client("client");
    net::CourierOptions options{.identity = {client.certificate_file, client.key_file, {}},
                                .authority_file = pki.authority().certificate_file,
                                .timeout = 10s,
                                .reply_bytes_max = 1000};
    std::vector<std::string> pinned = {
        crypto::certificate_fingerprint(server.certificate.to_pem()).value()};

    // Posts to a partner that gives this reply.
    std::string outcome(const std::string& bytes) const {
        const RawServer partner({bytes}, &server);
        net::Courier courier(options);
        return post(courier, partner.url("/inbox", "https"));
    }
    std::string post(net::Courier& courier, const std::string& url) const {
        const auto answer = courier.post({.url = url,
                                          .media_type = "application/xml",
                                          .body = "<message/>",
                                          .pinned_certificates = pinned});
        if (!answer) return std::string(spelling(answer.error().code));
        return std::to_string(answer->status) + " " + answer->media_type + " " + answer->body;
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(courier)

BOOST_FIXTURE_TEST_CASE(an_answer_counts_only_with_a_stated_and_exact_length, CourierFixture) {
    const std::pair<std::string, std::string> rows[] = {
        {reply("200 OK", "receipt", "Content-Type: application/xml\r\n"),
         "200 application/xml receipt"},
        {reply("422 No", "problem"), "422  problem"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nreceipt", "truncated"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nreceipt", "wrong-document"},
        {"HTTP/1.1 200 OK\r\n\r\nreceipt", "wrong-document"},
        {"HTTP/1.0 200 OK\r\nContent-Length: 7\r\n\r\nreceipt", "wrong-document"},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "wrong-document"},
        {reply("200 OK", std::string(1001, 'x')), "too-large"},
        {"", "truncated"},
    };
    for (const auto& [bytes, wanted] : rows) {
        BOOST_TEST_CONTEXT(bytes.substr(0, 80)) { BOOST_TEST(outcome(bytes) == wanted); }
    }
}

BOOST_FIXTURE_TEST_CASE(nothing_is_sent_to_a_partner_with_another_certificate, CourierFixture) {
    const RawServer partner({reply("200 OK", "receipt")}, &server);
    net::Courier courier(options);
    pinned = {std::string(64, 'a')};
    BOOST_TEST(post(courier, partner.url("/", "https")) == "tls");
    BOOST_TEST(partner.requests().empty());
    BOOST_TEST(post(courier, partner.url("/", "http")) == "bad-value");
}

BOOST_FIXTURE_TEST_CASE(a_kept_connection_is_used_again_and_replaced_when_it_ended,
                        CourierFixture) {
    // Two posts on the first connection, which then ends without a word.
    const RawServer partner([this](RawPeer& peer) {
        if (!peer.secure(server)) return;
        for (int i = 0; i < 2 && !peer.read_request().empty(); ++i)
            peer.send(reply("200 OK", "receipt " + std::to_string(i)));
    });
    net::Courier courier(options);
    const std::string url = partner.url("/", "https");
    BOOST_TEST(post(courier, url) == "200  receipt 0");
    BOOST_TEST(post(courier, url) == "200  receipt 1");
    BOOST_TEST(post(courier, url) == "200  receipt 0");
    BOOST_TEST(partner.requests().size() == 3U);
    // With another pin the connection that was made under the old one is of no use.
    pinned = {std::string(64, 'a')};
    BOOST_TEST(post(courier, url) == "tls");
}

BOOST_FIXTURE_TEST_CASE(a_partner_that_drips_is_given_up_at_the_deadline, CourierFixture) {
    options.timeout = 200ms;
    const RawServer partner([this](RawPeer& peer) {
        if (!peer.secure(server)) return;
        peer.read_request();
        peer.drip(reply("200 OK", std::string(900, 'x')), 5ms);
    });
    net::Courier courier(options);
    BOOST_TEST(post(courier, partner.url("/", "https")) == "timed-out");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
