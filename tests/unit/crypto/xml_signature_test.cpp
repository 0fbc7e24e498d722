#include "gateway/crypto/xml_signature.h"

#include <boost/test/unit_test.hpp>

namespace recall::crypto {
namespace {

const std::string document =
    R"(<n:Notice xmlns:n="urn:example:notice" ID="N-1">)"
    R"(<n:Title>Toy truck &amp; trailer</n:Title><n:Risk level="low"/></n:Notice>)";

struct Signer {
    explicit Signer(KeyKind kind) : key(PrivateKey::generate(kind)) {
        const Instant now = SystemClock().now();
        CertificateRequest request;
        request.common_name = "signer";
        request.not_before = now - std::chrono::hours(1);
        request.not_after = now + std::chrono::hours(1);
        certificate = make_self_signed(request, key);
        RECALL_CHECK(trust.add(certificate->to_pem(), "signer.pem").ok(), "our own certificate");
    }

    Result<Verified> verify(std::string_view message,
                            SignedElement where = SignedElement::document) const {
        return verify_xml(message,
                          {.trust = trust, .now = SystemClock().now(), .signed_element = where});
    }
    std::string sign(std::string_view text) const {
        return sign_xml(text, {.key = key,
                               .certificate = &*certificate,
                               .scheme = key.scheme(),
                               .national = {}})
            .value();
    }

    PrivateKey key;
    std::optional<Certificate> certificate;
    Trust trust;
};

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    RECALL_CHECK(at != std::string::npos, "the test changes what is there");
    return text.replace(at, from.size(), to);
}

// The signature value made again, after SignedInfo was changed.
std::string resigned(const Signer& signer, const std::string& message) {
    const std::string_view end = "</ds:SignedInfo>";
    const std::size_t begin = message.find("<ds:SignedInfo");
    const std::string info = message.substr(begin, message.find(end) + end.size() - begin);
    const std::size_t value = message.find("<ds:SignatureValue>") + 19;
    return message.substr(0, value) + to_base64(signer.key.sign(signer.key.scheme(), info)) +
           message.substr(message.find("</ds:SignatureValue>"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(xml_signature_suite)

BOOST_AUTO_TEST_CASE(what_each_kind_of_key_signs_verifies_and_gives_the_canonical_bytes) {
    for (const KeyKind kind : {KeyKind::p256, KeyKind::p384, KeyKind::ed25519, KeyKind::rsa}) {
        const Signer signer(kind);
        const auto verified = signer.verify(signer.sign(document));
        BOOST_REQUIRE_MESSAGE(verified.ok(), (verified.ok() ? "" : verified.error().line()));
        BOOST_TEST(verified->bytes ==
                   replaced(document, "level=\"low\"/>", "level=\"low\"></n:Risk>"));
        BOOST_TEST(verified->key.label == "signer.pem");
    }
}

BOOST_AUTO_TEST_CASE(sm2_with_sm3_verifies_under_agreed_names_only) {
    const PrivateKey key = PrivateKey::generate(KeyKind::sm2);
    Trust trust;
    BOOST_REQUIRE(trust.add(key.public_key().to_pem(), "sm2.pub").ok());
    const NationalAlgorithms agreed{"urn:example:sm2-sm3", "urn:example:sm3"};
    const auto message = sign_xml(
        document, {.key = key, .certificate = nullptr, .scheme = key.scheme(), .national = agreed});
    BOOST_REQUIRE(message.ok());
    const Instant now = SystemClock().now();
    BOOST_TEST(verify_xml(*message, {.trust = trust, .now = now, .national = agreed}).ok());
    const auto without = verify_xml(*message, {.trust = trust, .now = now});
    BOOST_REQUIRE(!without.ok());
    BOOST_TEST(spelling(without.error().code) == "SIG-ALG");
    BOOST_TEST(
        !sign_xml(document,
                  {.key = key, .certificate = nullptr, .scheme = key.scheme(), .national = {}})
             .ok());
}

BOOST_AUTO_TEST_CASE(every_departure_from_the_profile_has_its_code) {
    const Signer signer(KeyKind::p256);
    const std::string good = signer.sign(document);
    struct Row {
        std::string_view name;
        std::string message;
        std::string_view code;
    };
    const auto with = [&](std::string_view from, std::string_view to) {
        return replaced(good, from, to);
    };
    const std::string signature = good.substr(
        good.find("<ds:Signature "), good.rfind("</n:Notice>") - good.find("<ds:Signature "));
    const std::vector<Row> rows = {
        {"empty", "", "XML-FORM"},
        {"binary", std::string("\x00\xff\x01", 3), "XML-FORM"},
        {"not UTF-8", with("Toy", "T\xe9y"), "XML-FORM"},
        {"NUL at the end", good + std::string(1, '\0'), "XML-FORM"},
        {"cut off", good.substr(0, good.size() - 5), "XML-FORM"},
        {"DOCTYPE", "<!DOCTYPE n:Notice>" + good, "XML-DTD"},
        {"byte order mark", "\xEF\xBB\xBF" + good, "XML-FORM"},
        {"byte order mark and declaration", "\xEF\xBB\xBF<?xml version=\"1.0\"?>" + good,
         "XML-FORM"},
        {"byte order mark twice", "\xEF\xBB\xBF\xEF\xBB\xBF" + good, "XML-FORM"},
        {"byte order mark inside", with("<n:Title>", "\xEF\xBB\xBF<n:Title>"), "REF-DIGEST"},
        {"blank before the declaration", " <?xml version=\"1.0\"?>" + good, "XML-FORM"},
        {"line feed before the declaration", "\n<?xml version=\"1.0\"?>" + good, "XML-FORM"},
        {"XML 1.1", "<?xml version=\"1.1\"?>" + good, "XML-FORM"},
        {"other encoding", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + good, "XML-FORM"},
        {"comment", with("Toy", "Toy<!-- -->"), "XML-FORM"},
        {"processing instruction", "<?x y?>" + good, "XML-FORM"},
        {"CDATA", with("Toy", "<![CDATA[Toy]]>"), "XML-FORM"},
        {"undeclared entity", with("Toy", "&toy;"), "XML-FORM"},
        {"undeclared prefix", with("<n:Title>", "<n:Title m:x=\"1\">"), "XML-NS"},
        {"deep",
         with(
             "Toy", std::string("<a>") +
                        [] {
                            std::string s;
                            for (int i = 0; i < 200; ++i)
                                s += "<a>";
                            return s;
                        }()),
         "XML-LIMIT"},
        {"crowded element",
         with(
             "<n:Title>", "<n:Title a='>'" +
                              [] {
                                  std::string s;
                                  for (int i = 0; i < 300; ++i)
                                      s += " a" + std::to_string(i) + "=''";
                                  return s;
                              }() +
                              ">"),
         "XML-LIMIT"},
        {"same id twice", with("<n:Title>", "<n:Title Id=\"N-1\">"), "ID-DUP"},
        {"no signature", document, "SIG-SHAPE"},
        {"two signatures", with("</n:Notice>", signature + "</n:Notice>"), "SIG-SHAPE"},
        {"not the last child", with("</n:Notice>", "<n:More/></n:Notice>"), "SIG-SHAPE"},
        {"text after it", with("</n:Notice>", "more</n:Notice>"), "SIG-SHAPE"},
        {"Object", with("</ds:Signature>", "<ds:Object/></ds:Signature>"), "SIG-SHAPE"},
        {"unknown attribute", with("<ds:SignatureValue>", "<ds:SignatureValue x=\"1\">"),
         "SIG-SHAPE"},
        {"another reference", with("URI=\"\"", "URI=\"#other\""), "SIG-SHAPE"},
        {"xpointer", with("URI=\"\"", "URI=\"#xpointer(/)\""), "SIG-SHAPE"},
        {"http reference", with("URI=\"\"", "URI=\"http://127.0.0.1/\""), "SIG-SHAPE"},
        {"padding in base64", with("</ds:SignatureValue>", "=</ds:SignatureValue>"), "SIG-SHAPE"},
        {"SHA-1", with("xmlenc#sha256", "xmlenc#sha1"), "SIG-ALG"},
        {"algorithm with white space", with("#ecdsa-sha256\"", "#ecdsa-sha256 \""), "SIG-ALG"},
        {"HMAC", with("2001/04/xmldsig-more#ecdsa-sha256", "2000/09/xmldsig#hmac-sha1"), "SIG-ALG"},
        {"inclusive C14N", with("2001/10/xml-exc-c14n#", "TR/2001/REC-xml-c14n-20010315"),
         "SIG-ALG"},
        {"RSA with this key", with("#ecdsa-sha256", "#rsa-sha256"), "SIG-ALG"},
        {"other hash, same key", with("#ecdsa-sha256", "#ecdsa-sha384"), "SIG-VALUE"},
        {"changed id reference", with("URI=\"\"", "URI=\"#N-1\""), "SIG-VALUE"},
        {"changed content", with("Toy truck", "Toy train"), "REF-DIGEST"},
        {"relative namespace", with("<n:Title>", "<n:Title xmlns:r=\"relative\">"), "C14N-FAIL"},
    };
    for (const Row& row : rows) {
        const auto verified = signer.verify(row.message);
        BOOST_REQUIRE_MESSAGE(!verified.ok(), row.name);
        BOOST_TEST(spelling(verified.error().code) == row.code,
                   row.name << ": " << verified.error().line());
    }
}

BOOST_AUTO_TEST_CASE(a_key_in_the_message_is_never_a_source) {
    const Signer signer(KeyKind::p256);
    const Signer attacker(KeyKind::p256);
    const auto refused = signer.verify(attacker.sign(document));
    BOOST_REQUIRE(!refused.ok());
    BOOST_TEST(spelling(refused.error().code) == "SIG-KEY");
    const auto bare = sign_xml(document, {.key = attacker.key,
                                          .certificate = nullptr,
                                          .scheme = attacker.key.scheme(),
                                          .national = {}});
    const auto unnamed = signer.verify(*bare);
    BOOST_REQUIRE(!unnamed.ok());
    BOOST_TEST(spelling(unnamed.error().code) == "SIG-VALUE");
}

BOOST_AUTO_TEST_CASE(a_key_registered_for_one_algorithm_is_taken_for_no_other) {
    const Signer signer(KeyKind::rsa);
    const std::string message = signer.sign(document);
    for (const auto& [name, code] : {std::pair("PS256", ""), std::pair("RS256", "SIG-ALG")}) {
        TrustedKey key = signer.trust.keys().front();
        key.algorithm = name;
        Trust trust;
        trust.add(key);
        const auto verified = verify_xml(message, {.trust = trust, .now = SystemClock().now()});
        BOOST_TEST((verified ? "" : spelling(verified.error().code)) == code, name);
    }
}

BOOST_AUTO_TEST_CASE(a_key_out_of_its_validity_is_refused_before_its_value_is_looked_at) {
    const Signer signer(KeyKind::p256);
    const std::string good = signer.sign(document);
    const Instant now = SystemClock().now();
    for (const Instant when : {now - std::chrono::hours(2), now + std::chrono::hours(2)}) {
        const auto verified = verify_xml(good, {.trust = signer.trust, .now = when});
        BOOST_REQUIRE(!verified.ok());
        BOOST_TEST(spelling(verified.error().code) == "SIG-REVOKED");
    }
}

BOOST_AUTO_TEST_CASE(a_signed_child_counts_only_where_asked_for_and_without_a_namesake) {
    const Signer signer(KeyKind::p256);
    const std::string by_document = signer.sign(document);
    BOOST_TEST(
        !signer.verify("<Batch>" + by_document + "</Batch>", SignedElement::document_or_child)
             .ok());
    const std::string by_id = resigned(signer, replaced(by_document, "URI=\"\"", "URI=\"#N-1\""));
    BOOST_TEST(signer.verify(by_id).ok());
    const std::string batch = "<Batch><Sender>a</Sender>" + by_id + "</Batch>";
    BOOST_TEST(!signer.verify(batch).ok());
    const auto child = signer.verify(batch, SignedElement::document_or_child);
    BOOST_REQUIRE(child.ok());
    BOOST_TEST(child->bytes == signer.verify(by_id)->bytes);
    for (const std::string_view forged :
         {"<Notice>EVIL</Notice></Batch>", "<x><n:Notice xmlns:n=\"u\"/></x></Batch>"}) {
        const auto refused =
            signer.verify(replaced(batch, "</Batch>", forged), SignedElement::document_or_child);
        BOOST_REQUIRE(!refused.ok());
        BOOST_TEST(spelling(refused.error().code) == "SIG-SHAPE");
    }
    const std::string deeper = "<Batch><Part>" + by_id + "</Part></Batch>";
    BOOST_TEST(!signer.verify(deeper, SignedElement::document_or_child).ok());
}

BOOST_AUTO_TEST_CASE(signing_refuses_what_a_verifier_would_not_read) {
    const Signer signer(KeyKind::p256);
    for (const std::string& text : {std::string("<!DOCTYPE a><a/>"), std::string("<a><!-- --></a>"),
                                    std::string("{}"), signer.sign(document)}) {
        BOOST_TEST(!sign_xml(text, {.key = signer.key,
                                    .certificate = nullptr,
                                    .scheme = signer.key.scheme(),
                                    .national = {}})
                        .ok());
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::crypto
