#pragma once
// Keys and what they sign: ECDSA P-256 and P-384 (r‖s of fixed length, never DER), Ed25519, RSA and
// RSA-PSS, SM2 with SM3. Reading is from PEM (public key, PKCS#8) and JWK; a certificate's key
// comes from certificate.h. Keys are immutable and may be used by any thread. OpenSSL stays inside.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/result.h"
#include "gateway/crypto/digest.h"
#include "gateway/crypto/strict_json.h"

struct evp_pkey_st;

namespace recall::crypto {

enum class KeyKind { p256, p384, ed25519, rsa, sm2 };
enum class Family { ecdsa, ed25519, rsa_pss, rsa, sm2 };

// A way to sign. Ed25519 has its hash built in and ignores the field.
struct Scheme {
    Family family = Family::ecdsa;
    Digest digest = Digest::sha256;
    bool operator==(const Scheme&) const = default;
};

// RSA keys: PKCS#1 v1.5 from 3072 bits; PSS from 2048, the least that RFC 7518 §3.5 allows.
inline constexpr int rsa_bits_min = 3072;
inline constexpr int rsa_pss_bits_min = 2048;
inline constexpr int rsa_bits_max = 8192;

class PublicKey {
  public:
    // Takes over nothing: the handle is shared. Fails with SIG-KEY when the kind, size or point is
    // not one we take.
    static Result<PublicKey> from_handle(const std::shared_ptr<evp_pkey_st>& handle);
    // SubjectPublicKeyInfo in PEM.
    static Result<PublicKey> from_pem(std::string_view pem);
    static Result<PublicKey> from_jwk(const JsonValue& jwk);

    KeyKind kind() const { return kind_; }
    int bits() const;
    std::string to_pem() const;
    std::string to_der() const;
    // RFC 7638, base64url of SHA-256; for SM2 the SHA-256 of the DER form.
    std::string thumbprint() const;
    bool operator==(const PublicKey& other) const;

    bool fits(const Scheme& scheme) const;
    // False for every value that is not exactly a signature of these bytes.
    bool verify(const Scheme& scheme, std::string_view message, std::string_view signature) const;

    evp_pkey_st* raw() const { return key_.get(); }  // for crypto/ only

  private:
    friend class PrivateKey;
    PublicKey(std::shared_ptr<evp_pkey_st> key, KeyKind kind) : key_(std::move(key)), kind_(kind) {}
    std::shared_ptr<evp_pkey_st> key_;
    KeyKind kind_;
};

class PrivateKey {
  public:
    static PrivateKey generate(KeyKind kind);
    // PKCS#8, with or without a passphrase, or the older EC and RSA forms.
    static Result<PrivateKey> from_pem(std::string_view pem, std::string_view passphrase = {});
    // EC and OKP keys; RSA keys are read from PEM only.
    static Result<PrivateKey> from_jwk(std::string_view json);

    // PKCS#8; encrypted (AES-256-CBC) when there is a passphrase.
    std::string to_pem(std::string_view passphrase = {}) const;
    const PublicKey& public_key() const { return public_; }
    // What this key signs with unless told otherwise.
    Scheme scheme() const;
    std::string sign(const Scheme& scheme, std::string_view message) const;

    evp_pkey_st* raw() const { return public_.raw(); }  // for crypto/ only

  private:
    explicit PrivateKey(PublicKey both) : public_(std::move(both)) {}
    PublicKey public_;  // its handle holds the private half too
};

// The kind of "ES256", "ES384", "EdDSA", "PS256", "SM2"; nothing for other names.
std::optional<KeyKind> key_kind(std::string_view algorithm);

// The scheme of such a name, or of "RS256"; nothing for other names.
std::optional<Scheme> scheme_of_name(std::string_view algorithm);

}  // namespace recall::crypto
