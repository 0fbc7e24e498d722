#include "gateway/crypto/jws.h"

#include <boost/test/unit_test.hpp>

namespace recall::crypto {
namespace {

const std::string payload = R"({"id":"x:1"})";

struct Signer {
    explicit Signer(KeyKind kind) : key(PrivateKey::generate(kind)) {
        trust.add(TrustedKey{.key = key.public_key(),
                             .label = "a",
                             .kid = "a-1",
                             .algorithm = {},
                             .certificate = {},
                             .valid_from = {},
                             .valid_until = {},
                             .revoked = {}});
    }
    std::string sign(JwsForm form = JwsForm::compact) const {
        return sign_jws(payload, {.key = key, .kid = "a-1", .type = "t", .form = form}).value();
    }
    // A compact signature under any header.
    std::string sign_under(const std::string& header) const {
        const std::string input = to_base64url(header) + "." + to_base64url(payload);
        return input + "." + to_base64url(key.sign(key.scheme(), input));
    }
    Result<Verified> verify(std::string_view message,
                            std::optional<std::string_view> detached = {}) const {
        return verify_jws(message,
                          {.trust = trust, .now = Instant{}, .detached_payload = detached});
    }

    PrivateKey key;
    Trust trust;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(jws_suite)

BOOST_AUTO_TEST_CASE(what_each_kind_of_key_signs_verifies_in_each_form) {
    for (const KeyKind kind : {KeyKind::p256, KeyKind::p384, KeyKind::ed25519, KeyKind::rsa}) {
        const Signer signer(kind);
        for (const JwsForm form : {JwsForm::compact, JwsForm::flattened, JwsForm::detached}) {
            const bool detached = form == JwsForm::detached;
            const auto verified =
                signer.verify(signer.sign(form),
                              detached ? std::optional<std::string_view>(payload) : std::nullopt);
            BOOST_REQUIRE_MESSAGE(verified.ok(), (verified.ok() ? "" : verified.error().line()));
            BOOST_TEST(verified->bytes == payload);
        }
    }
}

BOOST_AUTO_TEST_CASE(every_departure_from_the_profile_has_its_code) {
    const Signer signer(KeyKind::p256);
    const std::string good = signer.sign();
    const std::string flat = signer.sign(JwsForm::flattened);
    const std::pair<std::string, std::string_view> rows[] = {
        {"", "SIG-SHAPE"},
        {"a.b", "SIG-SHAPE"},
        {good + ".x", "SIG-SHAPE"},
        {good + "=", "SIG-SHAPE"},
        {good + "\n\n", "SIG-SHAPE"},
        {" " + good, "SIG-SHAPE"},
        {good.substr(0, good.size() - 1), "SIG-SHAPE"},
        {"{", "JSON-FORM"},
        {"\xEF\xBB\xBF" + flat, "JSON-FORM"},
        {"\xEF\xBB\xBF" + good, "JSON-FORM"},
        {" \xEF\xBB\xBF" + flat, "SIG-SHAPE"},
        {flat + "\xEF\xBB\xBF", "JSON-FORM"},
        {"{}", "SIG-SHAPE"},
        {flat.substr(0, flat.size() - 1) + R"(,"signatures":[]})", "SIG-SHAPE"},
        {flat.substr(0, flat.size() - 1) + R"(,"payload":""})", "JSON-FORM"},
        {flat.substr(0, flat.size() - 1) + R"(,"other":1})", "SIG-SHAPE"},
        {flat.substr(0, flat.size() - 1) + R"(,"header":{"alg":"ES256"}})", "SIG-SHAPE"},
        {flat + "x", "JSON-FORM"},
        {signer.sign(JwsForm::detached), "SIG-SHAPE"},
        {signer.sign_under(R"({"alg":"none"})"), "SIG-ALG"},
        {signer.sign_under(R"({"alg":"HS256"})"), "SIG-ALG"},
        {signer.sign_under(R"({"alg":"es256"})"), "SIG-ALG"},
        {signer.sign_under(R"({"alg":["ES256"]})"), "SIG-ALG"},
        {signer.sign_under(R"({"alg":"ES384"})"), "SIG-ALG"},
        {signer.sign_under(R"({"kid":"a-1"})"), "SIG-ALG"},
        {signer.sign_under(R"({"alg":"ES256","kid":"b-1"})"), "SIG-KEY"},
        {signer.sign_under(R"({"alg":"ES256","kid":1})"), "SIG-SHAPE"},
        {signer.sign_under(R"({"alg":"ES256","alg":"ES256"})"), "JSON-FORM"},
        {signer.sign_under("\xEF\xBB\xBF{\"alg\":\"ES256\"}"), "JSON-FORM"},
        {signer.sign_under(R"({"alg":"ES256","x":"\ud800"})"), "JSON-FORM"},
        {signer.sign_under(R"({"alg":"ES256","crit":[]})"), "SIG-SHAPE"},
        {signer.sign_under(R"({"alg":"ES256","crit":["b64"]})"), "SIG-SHAPE"},
        {signer.sign_under(R"({"alg":"ES256","crit":"b64","b64":true})"), "SIG-SHAPE"},
        {signer.sign_under(R"({"alg":"ES256","crit":["exp"],"exp":1})"), "SIG-SHAPE"},
        {signer.sign_under(R"({"alg":"ES256","b64":true})"), "SIG-SHAPE"},
        {signer.sign_under(R"({"alg":"ES256","crit":["b64"],"b64":false})"), "SIG-SHAPE"},
        {signer.sign_under(R"(["ES256"])"), "JSON-FORM"},
        {to_base64url(R"({"alg":"ES256"})") + good.substr(good.find('.')), "SIG-VALUE"},
    };
    for (const auto& [message, code] : rows) {
        const auto verified = signer.verify(message);
        BOOST_REQUIRE_MESSAGE(!verified.ok(), message);
        BOOST_TEST(spelling(verified.error().code) == code,
                   message << ": " << verified.error().line());
    }
}

BOOST_AUTO_TEST_CASE(unknown_header_members_and_one_final_line_feed_are_no_reason_to_refuse) {
    const Signer signer(KeyKind::p256);
    BOOST_TEST(
        signer.verify(signer.sign_under(R"({"alg":"ES256","iat":1,"x":[{"y":null}]})")).ok());
    BOOST_TEST(
        signer.verify(signer.sign_under(R"({"alg":"ES256","crit":["b64"],"b64":true})")).ok());
    BOOST_TEST(signer.verify(signer.sign() + "\n").ok());
}

BOOST_AUTO_TEST_CASE(of_several_signatures_every_one_must_verify) {
    const Signer signer(KeyKind::p256);
    const Signer other(KeyKind::p256);
    const auto general = [](const std::vector<std::string>& compacts) {
        std::string out = R"({"payload":")" + to_base64url(payload) + R"(","signatures":[)";
        for (std::size_t i = 0; i < compacts.size(); ++i) {
            const std::string& text = compacts[i];
            out += std::string(i == 0 ? "" : ",") + R"({"protected":")" +
                   text.substr(0, text.find('.')) + R"(","signature":")" +
                   text.substr(text.rfind('.') + 1) + R"("})";
        }
        return out + "]}";
    };
    BOOST_TEST(signer.verify(general({signer.sign(), signer.sign()})).ok());
    BOOST_TEST(!signer.verify(general({signer.sign(), other.sign()})).ok());
    BOOST_TEST(!signer.verify(general({other.sign(), signer.sign()})).ok());
    BOOST_TEST(!signer.verify(general({})).ok());
}

BOOST_AUTO_TEST_CASE(a_given_payload_is_for_detached_signatures_only) {
    const Signer signer(KeyKind::p256);
    BOOST_TEST(!signer.verify(signer.sign(), payload).ok());
    BOOST_TEST(!signer.verify(signer.sign(JwsForm::detached), payload + " ").ok());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::crypto
