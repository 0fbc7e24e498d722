#pragma once
// X.509 certificates: reading, what they say, the chain to an authority, revocation lists, and
// making them (self-signed or issued by us). Immutable; any thread. Reading fails with SIG-KEY.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/crypto/keys.h"

struct x509_st;

namespace recall::crypto {

class Certificate {
  public:
    static Result<Certificate> from_pem(std::string_view pem);
    static Result<Certificate> from_der(std::string_view der);
    // Every certificate of a PEM file, in its order; fails when there is none.
    static Result<std::vector<Certificate>> all_from_pem(std::string_view pem);

    const PublicKey& public_key() const { return key_; }
    Instant not_before() const;
    Instant not_after() const;
    bool is_authority() const;
    bool is_self_issued() const;
    // The subject's common name; empty when it has none.
    std::string common_name() const;
    bool may_sign() const;  // no key usage is stated, or it has digitalSignature
    bool issued(const Certificate& other) const;  // by name and signature
    // SHA-256 of the DER form, 64 hexadecimal digits: how certificates are pinned.
    std::string fingerprint() const;
    std::string to_pem() const;
    std::string to_der() const;

    x509_st* raw() const { return certificate_.get(); }  // for crypto/ only

  private:
    Certificate(std::shared_ptr<x509_st> certificate, PublicKey key)
        : certificate_(std::move(certificate)), key_(std::move(key)) {}
    static Result<Certificate> from_handle(x509_st* certificate);

    std::shared_ptr<x509_st> certificate_;
    PublicKey key_;
};

// A revocation list whose signature was checked against its authority.
class RevocationList {
  public:
    // Fails with SIG-KEY when none of the authorities signed it.
    static Result<RevocationList> from_pem(std::string_view pem,
                                           const std::vector<Certificate>& authorities);
    bool covers(const Certificate& certificate) const;  // same issuer
    bool revokes(const Certificate& certificate) const;
    bool is_current(Instant now) const;

  private:
    struct State;
    std::shared_ptr<const State> state_;
};

// What a new certificate says.
struct CertificateRequest {
    enum class Use { authority, server, client, signing };

    std::string common_name;
    std::string organisation;
    Use use = Use::signing;
    std::vector<std::string> dns_names;  // and addresses, "127.0.0.1"
    Instant not_before;
    Instant not_after;
};

// The issuer of a certificate. Without one it signs itself.
struct Issuer {
    const Certificate& certificate;
    const PrivateKey& key;
};

Certificate make_certificate(const CertificateRequest& request, const PublicKey& subject,
                             const Issuer& issuer);
Certificate make_self_signed(const CertificateRequest& request, const PrivateKey& key);
// PKCS#10 in PEM, for an authority outside.
std::string make_signing_request(const CertificateRequest& request, const PrivateKey& key);
// A revocation list in PEM that names these certificates.
std::string make_revocation_list(const std::vector<Certificate>& revoked, const Issuer& issuer,
                                 Instant now, Instant next_update);

}  // namespace recall::crypto
