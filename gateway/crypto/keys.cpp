#include "gateway/crypto/keys.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <utility>

#include "gateway/crypto/openssl_handles.h"

namespace recall::crypto {
namespace {

constexpr int generated_rsa_bits = 3072;
// GM/T 0009 §10. OpenSSL 3.0 signs with an *empty* id unless it is set.
constexpr std::string_view sm2_id = "1234567812345678";

const EVP_MD* digest_of(Digest digest) {
    switch (digest) {
        case Digest::sha256:
            return EVP_sha256();
        case Digest::sha384:
            return EVP_sha384();
        case Digest::sha512:
            return EVP_sha512();
        case Digest::sm3:
            return EVP_sm3();
    }
    RECALL_CHECK(false, "every digest is listed");
}

std::size_t coordinate_bytes(KeyKind kind) { return kind == KeyKind::p384 ? 48 : 32; }

bool is_curve_pair(Family family) { return family == Family::ecdsa || family == Family::sm2; }

std::optional<KeyKind> kind_of(const EVP_PKEY* key) {
    if (EVP_PKEY_is_a(key, "SM2") == 1) return KeyKind::sm2;
    if (EVP_PKEY_is_a(key, "ED25519") == 1) return KeyKind::ed25519;
    if (EVP_PKEY_is_a(key, "RSA") == 1) return KeyKind::rsa;
    if (EVP_PKEY_is_a(key, "EC") != 1) return std::nullopt;
    std::array<char, 64> group{};
    std::size_t length = 0;
    if (EVP_PKEY_get_group_name(key, group.data(), group.size(), &length) != 1) return std::nullopt;
    const std::string_view name(group.data(), length);
    if (name == "prime256v1" || name == "P-256") return KeyKind::p256;
    if (name == "secp384r1" || name == "P-384") return KeyKind::p384;
    return std::nullopt;
}

// r‖s of fixed length to the DER that EVP wants; empty when the length is wrong.
std::string to_der_pair(std::string_view pair, std::size_t half) {
    if (pair.size() != 2 * half) return {};
    const EcdsaHandle signature(ECDSA_SIG_new());
    NumberHandle r(BN_bin2bn(octets(pair), static_cast<int>(half), nullptr));
    NumberHandle s(BN_bin2bn(octets(pair.substr(half)), static_cast<int>(half), nullptr));
    if (ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1) return {};
    static_cast<void>(r.release());
    static_cast<void>(s.release());
    return der_of<ECDSA_SIG>(i2d_ECDSA_SIG, signature.get());
}

std::string from_der_pair(std::string_view der, std::size_t half) {
    const unsigned char* data = octets(der);
    const EcdsaHandle signature(d2i_ECDSA_SIG(nullptr, &data, static_cast<long>(der.size())));
    RECALL_CHECK(signature != nullptr, "OpenSSL signs ECDSA and SM2 in DER");
    std::string pair(2 * half, '\0');
    auto* out = reinterpret_cast<unsigned char*>(pair.data());
    BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), out, static_cast<int>(half));
    BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), out + half, static_cast<int>(half));
    return pair;
}

// Padding and identity of the scheme, on a context that was just begun.
bool configure(EVP_PKEY_CTX* context, const Scheme& scheme) {
    switch (scheme.family) {
        case Family::rsa_pss:
            // RFC 7518 §3.5: the salt is as long as the hash, MGF1 uses the same hash.
            return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
                   EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
        case Family::rsa:
            return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1;
        case Family::sm2:
            return EVP_PKEY_CTX_set1_id(context, sm2_id.data(), static_cast<int>(sm2_id.size())) ==
                   1;
        default:
            return true;
    }
}

const EVP_MD* digest_to_name(const Scheme& scheme) {
    return scheme.family == Family::ed25519 ? nullptr : digest_of(scheme.digest);
}

Error unusable(std::string text) { return {ErrorCode::sig_key, std::move(text)}; }

std::shared_ptr<EVP_PKEY> shared(EVP_PKEY* key) { return {key, EVP_PKEY_free}; }

std::string number_member(const EVP_PKEY* key, const char* name, std::size_t width) {
    BIGNUM* number = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &number) != 1) return {};
    const NumberHandle owned(number);
    std::string out(width == 0 ? static_cast<std::size_t>(BN_num_bytes(number)) : width, '\0');
    BN_bn2binpad(number, reinterpret_cast<unsigned char*>(out.data()),
                 static_cast<int>(out.size()));
    return to_base64url(out);
}

int give_passphrase(char* buffer, int size, int, void* passphrase) {
    const auto& text = *static_cast<const std::string_view*>(passphrase);
    if (text.empty() || text.size() > static_cast<std::size_t>(size)) return -1;
    text.copy(buffer, text.size());
    return static_cast<int>(text.size());
}

}  // namespace

std::string last_openssl_error() {
    const unsigned long code = ERR_peek_last_error();
    ERR_clear_error();
    const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
    return reason == nullptr ? "no reason given" : reason;
}

Result<PublicKey> PublicKey::from_handle(const std::shared_ptr<evp_pkey_st>& handle) {
    const auto kind = kind_of(handle.get());
    if (!kind) return unusable("the key is none of P-256, P-384, Ed25519, RSA, SM2");
    const int bits = EVP_PKEY_get_bits(handle.get());
    if (kind == KeyKind::rsa && (bits < rsa_pss_bits_min || bits > rsa_bits_max)) {
        return unusable("an RSA key of " + std::to_string(bits) + " bits is not taken");
    }
    const KeyContextHandle context(EVP_PKEY_CTX_new_from_pkey(nullptr, handle.get(), nullptr));
    if (kind != KeyKind::ed25519 && EVP_PKEY_public_check(context.get()) != 1) {
        return unusable("the key's numbers are wrong: " + last_openssl_error());
    }
    return PublicKey(handle, *kind);
}

Result<PublicKey> PublicKey::from_pem(std::string_view pem) {
    const BioHandle bio = reading(pem);
    const auto key = shared(PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr));
    if (key == nullptr) return unusable("no public key in PEM: " + last_openssl_error());
    return from_handle(key);
}

int PublicKey::bits() const { return EVP_PKEY_get_bits(key_.get()); }

std::string PublicKey::to_der() const { return der_of<EVP_PKEY>(i2d_PUBKEY, key_.get()); }

std::string PublicKey::to_pem() const {
    const BioHandle bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PUBKEY(bio.get(), key_.get());
    return written(bio.get());
}

std::string PublicKey::thumbprint() const {
    std::string text;
    switch (kind_) {
        case KeyKind::p256:
        case KeyKind::p384: {
            const std::size_t size = coordinate_bytes(kind_);
            text = std::string(R"({"crv":")") + (kind_ == KeyKind::p256 ? "P-256" : "P-384") +
                   R"(","kty":"EC","x":")" +
                   number_member(key_.get(), OSSL_PKEY_PARAM_EC_PUB_X, size) + R"(","y":")" +
                   number_member(key_.get(), OSSL_PKEY_PARAM_EC_PUB_Y, size) + R"("})";
            break;
        }
        case KeyKind::ed25519: {
            std::string raw(32, '\0');
            std::size_t length = raw.size();
            EVP_PKEY_get_raw_public_key(key_.get(), reinterpret_cast<unsigned char*>(raw.data()),
                                        &length);
            text = R"({"crv":"Ed25519","kty":"OKP","x":")" + to_base64url(raw) + R"("})";
            break;
        }
        case KeyKind::rsa:
            text = R"({"e":")" + number_member(key_.get(), OSSL_PKEY_PARAM_RSA_E, 0) +
                   R"(","kty":"RSA","n":")" + number_member(key_.get(), OSSL_PKEY_PARAM_RSA_N, 0) +
                   R"("})";
            break;
        case KeyKind::sm2:
            text = to_der();
            break;
    }
    return to_base64url(digest(Digest::sha256, text));
}

bool PublicKey::operator==(const PublicKey& other) const {
    return EVP_PKEY_eq(key_.get(), other.key_.get()) == 1;
}

bool PublicKey::fits(const Scheme& scheme) const {
    switch (scheme.family) {
        case Family::ecdsa:
            return (kind_ == KeyKind::p256 || kind_ == KeyKind::p384) &&
                   scheme.digest != Digest::sm3;
        case Family::ed25519:
            return kind_ == KeyKind::ed25519;
        case Family::rsa_pss:
            return kind_ == KeyKind::rsa && scheme.digest != Digest::sm3;
        case Family::rsa:
            return kind_ == KeyKind::rsa && scheme.digest != Digest::sm3 && bits() >= rsa_bits_min;
        case Family::sm2:
            return kind_ == KeyKind::sm2 && scheme.digest == Digest::sm3;
    }
    return false;
}

bool PublicKey::verify(const Scheme& scheme, std::string_view message,
                       std::string_view signature) const {
    if (!fits(scheme)) return false;
    std::string der;
    if (is_curve_pair(scheme.family)) {
        der = to_der_pair(signature, coordinate_bytes(kind_));
        if (der.empty()) return false;
        signature = der;
    }
    const DigestContextHandle context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* key_context = nullptr;
    const bool verified = EVP_DigestVerifyInit(context.get(), &key_context, digest_to_name(scheme),
                                               nullptr, key_.get()) == 1 &&
                          configure(key_context, scheme) &&
                          EVP_DigestVerify(context.get(), octets(signature), signature.size(),
                                           octets(message), message.size()) == 1;
    if (!verified) ERR_clear_error();
    return verified;
}

PrivateKey PrivateKey::generate(KeyKind kind) {
    const auto make = [&]() -> EVP_PKEY* {
        switch (kind) {
            case KeyKind::p256:
                return EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
            case KeyKind::p384:
                return EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-384");
            case KeyKind::ed25519:
                return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
            case KeyKind::sm2:
                return EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2");
            case KeyKind::rsa:
                return EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA",
                                         static_cast<std::size_t>(generated_rsa_bits));
        }
        return nullptr;
    };
    const auto key = shared(make());
    RECALL_CHECK(key != nullptr, "OpenSSL 3 can make each kind of key we name");
    return PrivateKey(PublicKey(key, kind));
}

Result<PrivateKey> PrivateKey::from_pem(std::string_view pem, std::string_view passphrase) {
    const BioHandle bio = reading(pem);
    const auto key =
        shared(PEM_read_bio_PrivateKey(bio.get(), nullptr, give_passphrase, &passphrase));
    if (key == nullptr)
        return unusable("no private key in PEM, or a wrong passphrase: " + last_openssl_error());
    auto both = PublicKey::from_handle(key);
    if (!both) return both.error();
    return PrivateKey(*std::move(both));
}

std::string PrivateKey::to_pem(std::string_view passphrase) const {
    const BioHandle bio(BIO_new(BIO_s_secmem()));
    const EVP_CIPHER* cipher = passphrase.empty() ? nullptr : EVP_aes_256_cbc();
    const int done =
        PEM_write_bio_PKCS8PrivateKey(bio.get(), raw(), cipher, passphrase.data(),
                                      static_cast<int>(passphrase.size()), nullptr, nullptr);
    RECALL_CHECK(done == 1, "a key in memory can be written");
    return written(bio.get());
}

Scheme PrivateKey::scheme() const {
    switch (public_.kind()) {
        case KeyKind::p384:
            return {Family::ecdsa, Digest::sha384};
        case KeyKind::ed25519:
            return {Family::ed25519, Digest::sha512};
        case KeyKind::rsa:
            return {Family::rsa_pss, Digest::sha256};
        case KeyKind::sm2:
            return {Family::sm2, Digest::sm3};
        default:
            return {Family::ecdsa, Digest::sha256};
    }
}

std::string PrivateKey::sign(const Scheme& scheme, std::string_view message) const {
    RECALL_CHECK(public_.fits(scheme), "the caller chooses a scheme that fits the key");
    const DigestContextHandle context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* key_context = nullptr;
    std::size_t length = static_cast<std::size_t>(EVP_PKEY_get_size(raw()));
    std::string signature(length, '\0');
    const bool done =
        EVP_DigestSignInit(context.get(), &key_context, digest_to_name(scheme), nullptr, raw()) ==
            1 &&
        configure(key_context, scheme) &&
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length,
                       octets(message), message.size()) == 1;
    RECALL_CHECK(done, "a key that fits the scheme can sign memory");
    signature.resize(length);
    return is_curve_pair(scheme.family) ? from_der_pair(signature, coordinate_bytes(public_.kind()))
                                        : signature;
}

namespace {

struct NamedAlgorithm {
    std::string_view name;
    KeyKind kind;
    Scheme scheme;
};

constexpr std::array<NamedAlgorithm, 6> named_algorithms = {{
    {"ES256", KeyKind::p256, {Family::ecdsa, Digest::sha256}},
    {"ES384", KeyKind::p384, {Family::ecdsa, Digest::sha384}},
    {"EdDSA", KeyKind::ed25519, {Family::ed25519, Digest::sha512}},
    {"PS256", KeyKind::rsa, {Family::rsa_pss, Digest::sha256}},
    {"RS256", KeyKind::rsa, {Family::rsa, Digest::sha256}},
    {"SM2", KeyKind::sm2, {Family::sm2, Digest::sm3}},
}};

const NamedAlgorithm* find_algorithm(std::string_view name) {
    const auto* found = std::ranges::find(named_algorithms, name, &NamedAlgorithm::name);
    return found == named_algorithms.end() ? nullptr : found;
}

}  // namespace

std::optional<KeyKind> key_kind(std::string_view algorithm) {
    const NamedAlgorithm* found = find_algorithm(algorithm);
    return found == nullptr ? std::nullopt : std::optional(found->kind);
}

std::optional<Scheme> scheme_of_name(std::string_view algorithm) {
    const NamedAlgorithm* found = find_algorithm(algorithm);
    return found == nullptr ? std::nullopt : std::optional(found->scheme);
}

}  // namespace recall::crypto
