#include "gateway/exchange/partners.h"

#include <boost/test/unit_test.hpp>

using namespace std::chrono_literals;
using recall::Instant;
namespace crypto = recall::crypto;
namespace exchange = recall::exchange;

namespace {

const std::string& certificate() {
    static const std::string pem = [] {
        const auto key = crypto::PrivateKey::generate(crypto::KeyKind::p256);
        crypto::CertificateRequest request;
        request.common_name = "partner";
        request.not_before = recall::SystemClock().now() - 1h;
        request.not_after = request.not_before + 24h;
        return crypto::make_self_signed(request, key).to_pem();
    }();
    return pem;
}

std::string partner_xml(const std::string& key = "<certificate>" + certificate() + "</certificate>",
                        const std::string& more = "") {
    return "<partner xmlns=\"urn:recallgw:partner:1\"><id>eu-example</id><name>Example</name>"
           "<endpoint>https://gateway.example/exchange/v1/messages</endpoint>"
           "<keys>" +
           key + "</keys><connections><sha256>" + std::string(62, 'A') +
           ":BB</sha256>"
           "<until>2026-06-01T00:00:00Z</until></connections>" +
           more + "</partner>";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(partners)

BOOST_AUTO_TEST_CASE(a_definition_is_completed_and_survives_writing) {
    const auto partner = exchange::read_partner(partner_xml());
    BOOST_REQUIRE_MESSAGE(partner.ok(), (partner ? "" : partner.error().text));
    BOOST_TEST(partner->format == "xml");
    BOOST_TEST(partner->keys.at(0).algorithm == "ES256");
    BOOST_TEST(partner->keys.at(0).id.size() == 43U);
    BOOST_TEST(partner->connections.at(0).sha256 == std::string(62, 'a') + "bb");
    const auto again = exchange::read_partner(exchange::write_partner(*partner));
    BOOST_REQUIRE(again.ok());
    BOOST_CHECK(*again == *partner);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_refused_with_its_place) {
    const std::string pem = "<certificate>" + certificate() + "</certificate>";
    const struct {
        std::string xml;
        std::string place;
    } rows[] = {
        {"<partner/>", "urn:recallgw:partner:1"},
        {partner_xml("<certificate>none</certificate>"), "keys 1"},
        {partner_xml("<id>k1</id>" + pem), "thumbprint"},
        {partner_xml("<algorithm>EdDSA</algorithm>" + pem), "EdDSA"},
        {partner_xml(pem + "<from>yesterday</from>"), "keys 1"},
        {partner_xml(pem + "<purposes>everything</purposes>"), "everything"},
        {partner_xml(pem, "<kinds>receipt</kinds>"), "receipt"},
        {partner_xml(pem, "<kinds>recalls</kinds>"), "recalls"},
        {partner_xml(pem, "<distribution><sensitivity>secret</sensitivity></distribution>"),
         "sensitivity"},
        {partner_xml(pem, "<surprise>x</surprise>"), "surprise"},
    };
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT(row.place) {
            const auto partner = exchange::read_partner(row.xml);
            BOOST_REQUIRE(!partner.ok());
            BOOST_TEST(partner.error().text.find(row.place) != std::string::npos,
                       partner.error().text);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_connection_counts_only_within_its_time) {
    const auto partner = exchange::read_partner(partner_xml());
    BOOST_REQUIRE(partner.ok());
    const Instant end = *recall::parse_instant("2026-06-01T00:00:00Z");
    BOOST_TEST(exchange::pinned_now(*partner, end - 1ms).size() == 1U);
    BOOST_TEST(exchange::pinned_now(*partner, end).empty());
}

BOOST_AUTO_TEST_CASE(a_key_is_believed_only_for_its_purposes) {
    const std::string pem = "<certificate>" + certificate() + "</certificate>";
    const auto receipts =
        exchange::read_partner(partner_xml(pem + "<purposes>receipts</purposes>"));
    BOOST_REQUIRE(receipts.ok());
    BOOST_TEST(exchange::trust_in(*receipts, crypto::purpose_receipts).keys().size() == 1U);
    BOOST_TEST(exchange::trust_in(*receipts, crypto::purpose_notices).keys().empty());
}

BOOST_AUTO_TEST_SUITE_END()
