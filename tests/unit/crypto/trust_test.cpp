#include "gateway/crypto/trust.h"

#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "gateway/base/failure.h"
#include "gateway/crypto/tls.h"

namespace recall::crypto {
namespace {

namespace fs = std::filesystem;

struct Folder {
    Folder() {
        std::string name = (fs::temp_directory_path() / "recall-trust-XXXXXX").string();
        RECALL_CHECK(::mkdtemp(name.data()) != nullptr, "a temporary folder can be made");
        path = name;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    std::string write(const std::string& name, const std::string& text) const {
        fs::create_directories((path / name).parent_path());
        std::ofstream(path / name, std::ios::binary) << text;
        return (path / name).string();
    }
    fs::path path;
};

const Instant now = SystemClock().now();

CertificateRequest request(const std::string& name, CertificateRequest::Use use) {
    CertificateRequest made;
    made.common_name = name;
    made.use = use;
    made.not_before = now - std::chrono::hours(1);
    made.not_after = now + std::chrono::hours(1);
    return made;
}

struct Authority {
    PrivateKey key = PrivateKey::generate(KeyKind::p256);
    Certificate certificate =
        make_self_signed(request("CA", CertificateRequest::Use::authority), key);

    Certificate issue(const std::string& name) const {
        const PrivateKey leaf = PrivateKey::generate(KeyKind::ed25519);
        return make_certificate(request(name, CertificateRequest::Use::signing), leaf.public_key(),
                                {certificate, key});
    }
    std::string revoke(const std::vector<Certificate>& revoked, Instant next) const {
        return make_revocation_list(revoked, {certificate, key}, now - std::chrono::hours(2), next);
    }
};

std::string state_of(const Trust& trust, std::size_t which) {
    const auto usable = trust.keys().at(which).usable(now);
    return usable ? "usable" : std::string(spelling(usable.error().code));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(trust_suite)

BOOST_AUTO_TEST_CASE(a_folder_gives_the_keys_of_all_purposes_and_of_the_one_asked_for) {
    const Folder folder;
    const auto pem = [] { return PrivateKey::generate(KeyKind::p256).public_key().to_pem(); };
    folder.write("a.pub", pem());
    folder.write("notices/b.pem", pem());
    folder.write("receipts/c.pem", pem());
    folder.write("notes.txt", "not a key");
    BOOST_TEST(Trust::from_folder(folder.path, purpose_notices, now).keys().size() == 2U);
    BOOST_TEST(Trust::from_folder(folder.path, purpose_receipts, now).keys().at(1).label ==
               "receipts/c.pem");
    BOOST_TEST(Trust::from_folder(folder.path, "", now).keys().size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_authority_is_no_signer_and_its_list_revokes) {
    const Authority authority;
    const Certificate good = authority.issue("good");
    const Certificate bad = authority.issue("bad");
    const Folder folder;
    folder.write("a-good.pem", good.to_pem());
    folder.write("b-bad.pem", bad.to_pem());
    folder.write("c-stranger.pem", Authority().issue("stranger").to_pem());
    folder.write("ca.pem", authority.certificate.to_pem());
    // The key without its certificate is not trusted any longer either.
    folder.write("d-bad-key.pem", bad.public_key().to_pem());
    folder.write("list.crl", authority.revoke({bad}, now + std::chrono::hours(1)));
    const Trust trust = Trust::from_folder(folder.path, purpose_notices, now);
    BOOST_REQUIRE(trust.keys().size() == 4U);
    BOOST_TEST(state_of(trust, 0) == "usable");
    BOOST_TEST(state_of(trust, 1) == "SIG-REVOKED");
    BOOST_TEST(state_of(trust, 2) == "SIG-REVOKED");
    BOOST_TEST(state_of(trust, 3) == "SIG-REVOKED");
}

BOOST_AUTO_TEST_CASE(a_revocation_list_out_of_date_fails_closed) {
    const Authority authority;
    const Folder folder;
    folder.write("a.pem", authority.issue("a").to_pem());
    folder.write("ca.pem", authority.certificate.to_pem());
    folder.write("list.crl", authority.revoke({}, now - std::chrono::hours(1)));
    BOOST_TEST(state_of(Trust::from_folder(folder.path, purpose_notices, now), 0) == "SIG-REVOKED");
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_used_whole_is_a_wrong_configuration) {
    const Authority authority;
    const PrivateKey key = PrivateKey::generate(KeyKind::p256);
    const std::string public_pem = key.public_key().to_pem();
    const std::pair<std::string, std::string> rows[] = {
        {"x.pem", "rubbish"},
        {"x.jwk", "{\"kty\":\"oct\",\"k\":\"AAAA\"}"},
        {"x.pem", key.to_pem()},
        {"x.crl", Authority().revoke({}, now + std::chrono::hours(1))},
        {"x.pem", std::string(trust_file_bytes_max + 1, 'x')},
    };
    for (const auto& [name, text] : rows) {
        const Folder folder;
        folder.write("good.pub", public_pem);
        folder.write(name, text);
        BOOST_CHECK_THROW(Trust::from_folder(folder.path, purpose_notices, now), Failure);
    }
    const Folder empty;
    BOOST_CHECK_THROW(Trust::from_folder(empty.path, purpose_notices, now), Failure);
    BOOST_CHECK_THROW(Trust::from_folder("/no/such/folder", purpose_notices, now), Failure);
}

BOOST_AUTO_TEST_CASE(a_jwk_is_read_to_the_letter) {
    // RFC 8037 appendix A.2, and variations that must not be read.
    const std::string x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    const std::string good = R"({"kty":"OKP","crv":"Ed25519","x":")" + x + R"("})";
    Trust trust;
    BOOST_TEST(trust.add(good, "a.jwk").ok());
    // RFC 8037 appendix A.3
    BOOST_TEST(trust.keys().front().key.thumbprint() ==
               "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    const std::string rows[] = {
        R"({"kty":"OKP","crv":"Ed25519","x":")" + x + R"(="})",
        R"({"kty":"OKP","crv":"Ed25519","x":")" + x + R"(","use":"enc"})",
        R"({"kty":"OKP","crv":"Ed25519","x":")" + x + R"(","key_ops":["encrypt"]})",
        R"({"kty":"OKP","crv":"Ed25519","x":")" + x + R"(","kid":1})",
        R"({"kty":"OKP","crv":"Ed25519","x":")" + x + R"(","kty":"OKP"})",
        R"({"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"})",
        R"({"kty":"EC","crv":"P-256","x":"04N0xi21hshyvBp7I167sbE_bXqyqkAPfefdklMO7wY",)"
        R"("y":"UI8exy-C06a7DUnjIdENkxeFtHM4-l_41LqEw9nVgnw"})",
        R"({"kty":"RSA","n":"AQAB","e":"AQAB"})",
        R"({"keys":[)" + good + R"(,{"kty":"oct","k":"AAAA"}]})",
        R"({"keys":{}})",
        "{}",
    };
    for (const std::string& row : rows)
        BOOST_TEST(!Trust().add(row, "a.jwk").ok(), row);
}

BOOST_AUTO_TEST_CASE(two_files_with_different_keys_under_one_kid_are_refused_by_name) {
    const PrivateKey one = PrivateKey::generate(KeyKind::ed25519);
    const PrivateKey other = PrivateKey::generate(KeyKind::ed25519);
    const std::string one_x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    const auto jwk = [](const std::string& x, const std::string& kid) {
        return R"({"kty":"OKP","crv":"Ed25519","x":")" + x + R"(","kid":")" + kid + R"("})";
    };
    // The second half of a SubjectPublicKeyInfo of Ed25519 is the key itself (RFC 8410 §4).
    const auto x_of = [](const PrivateKey& key) {
        return to_base64url(key.public_key().to_der().substr(12));
    };
    struct Row {
        std::string first, first_text, second, second_text;
    };
    const Row rows[] = {
        {"a.jwk", jwk(one_x, "k"), "b.jwk", jwk(x_of(other), "k")},
        {"a.jwk", jwk(one_x, "k"), "notices/a.jwk", jwk(x_of(other), "k")},
        {"a.jwks", R"({"keys":[)" + jwk(one_x, "k") + "]}", "b.jwk", jwk(x_of(other), "k")},
        {"a.pem", one.public_key().to_pem(), "b.jwk",
         jwk(x_of(other), one.public_key().thumbprint())},
        {"a.jwk", jwk(x_of(other), one.public_key().thumbprint()), "b.pem",
         one.public_key().to_pem()},
        {"a.pem", make_self_signed(request("a", CertificateRequest::Use::signing), one).to_pem(),
         "b.jwk", jwk(x_of(other), one.public_key().thumbprint())},
    };
    for (const Row& row : rows) {
        const Folder folder;
        folder.write(row.first, row.first_text);
        folder.write(row.second, row.second_text);
        BOOST_CHECK_EXCEPTION(
            Trust::from_folder(folder.path, purpose_notices, now), Failure,
            [&](const Failure& failure) {
                return failure.error().text.starts_with(row.first + " and " + row.second);
            });
    }
}

BOOST_AUTO_TEST_CASE(the_same_key_twice_is_usable_while_one_of_its_files_allows_it) {
    const PrivateKey key = PrivateKey::generate(KeyKind::ed25519);
    CertificateRequest ended = request("a", CertificateRequest::Use::signing);
    ended.not_after = now - std::chrono::minutes(1);
    const std::string jwk = R"({"kty":"OKP","crv":"Ed25519","kid":"k","x":")" +
                            to_base64url(key.public_key().to_der().substr(12)) + R"("})";
    const Folder folder;
    folder.write("a.pem", make_self_signed(ended, key).to_pem());
    folder.write("b.pub", key.public_key().to_pem());
    folder.write("c.jwk", jwk);
    folder.write("d.jwk", jwk);
    const Trust trust = Trust::from_folder(folder.path, purpose_notices, now);
    BOOST_REQUIRE(trust.keys().size() == 4U);
    BOOST_TEST(state_of(trust, 0) == "SIG-REVOKED");
    BOOST_TEST(state_of(trust, 1) == "usable");
    BOOST_TEST(state_of(trust, 3) == "usable");
}

BOOST_AUTO_TEST_CASE(a_trust_folder_that_holds_a_private_jwk_is_refused) {
    for (const std::string name : {"\"d\":", "\"d\" :"}) {
        const Folder folder;
        folder.write("key.jwk", "{\"kty\":\"EC\",\"crv\":\"P-256\"," + name + "\"AA\"}");
        BOOST_CHECK_EXCEPTION(Trust::from_folder(folder.path, "", SystemClock().now()), Failure,
                              [](const Failure& failure) {
                                  return failure.error().text.find("private key") !=
                                         std::string::npos;
                              });
    }
}

BOOST_AUTO_TEST_CASE(a_private_key_survives_pem_with_and_without_a_passphrase) {
    for (const KeyKind kind : {KeyKind::p256, KeyKind::p384, KeyKind::ed25519, KeyKind::sm2}) {
        const PrivateKey key = PrivateKey::generate(kind);
        const auto plain = PrivateKey::from_pem(key.to_pem());
        const auto locked = PrivateKey::from_pem(key.to_pem("secret words"), "secret words");
        BOOST_REQUIRE(plain.ok());
        BOOST_REQUIRE(locked.ok());
        BOOST_TEST((plain->public_key() == key.public_key()));
        BOOST_TEST(!PrivateKey::from_pem(key.to_pem("secret words"), "others").ok());
        BOOST_TEST(!PrivateKey::from_pem(key.to_pem("secret words")).ok());
        const std::string signature = plain->sign(key.scheme(), "text");
        BOOST_TEST(key.public_key().verify(key.scheme(), "text", signature));
        BOOST_TEST(!key.public_key().verify(key.scheme(), "test", signature));
        BOOST_TEST(!key.public_key().verify(key.scheme(), "text", signature + '\0'));
        BOOST_TEST(!key.public_key().verify(key.scheme(), "text", ""));
    }
}

BOOST_AUTO_TEST_CASE(an_identity_for_tls_is_checked_whole) {
    const Authority authority;
    const Folder folder;
    const PrivateKey key = PrivateKey::generate(KeyKind::p256);
    const Certificate certificate =
        make_certificate(request("server", CertificateRequest::Use::server), key.public_key(),
                         {authority.certificate, authority.key});
    const TlsIdentity good{folder.write("s.pem", certificate.to_pem()),
                           folder.write("s.key", key.to_pem()), ""};
    BOOST_TEST(check_identity(good, now).ok());
    BOOST_TEST(!check_identity(good, now + std::chrono::hours(2)).ok());
    BOOST_TEST(!check_identity(
                    {good.certificate_file, folder.write("o.key", authority.key.to_pem()), ""}, now)
                    .ok());
    BOOST_TEST(!check_identity({"/none", good.key_file, ""}, now).ok());
    const auto fingerprint = certificate_fingerprint(certificate.to_der());
    BOOST_REQUIRE(fingerprint.ok());
    BOOST_TEST(*fingerprint == certificate.fingerprint());
    BOOST_TEST(is_pinned("AB:cd", {"ABCD"}));
    BOOST_TEST(!is_pinned("ab", {}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::crypto
