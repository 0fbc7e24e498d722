#pragma once
// A test PKI made on the fly in a folder: one authority, and certificates it issues for servers,
// clients and signers. Files: NAME.pem and NAME.key. One thread.

#include <string>

#include "gateway/crypto/certificate.h"

namespace recall::test {

struct Identity {
    crypto::PrivateKey key;
    crypto::Certificate certificate;
    std::string certificate_file;
    std::string key_file;
};

class Pki {
  public:
    // Writes ca.pem and ca.key into the folder, which must exist.
    explicit Pki(std::string folder, crypto::KeyKind kind = crypto::KeyKind::p256);

    // A server's certificate names localhost and 127.0.0.1.
    Identity server(const std::string& name) const;
    Identity client(const std::string& name) const;
    Identity signer(const std::string& name, crypto::KeyKind kind = crypto::KeyKind::p256) const;
    // NAME.crl, which revokes these.
    std::string revoke(const std::string& name,
                       const std::vector<crypto::Certificate>& revoked) const;

    const Identity& authority() const { return authority_; }

  private:
    Identity issue(const std::string& name, crypto::CertificateRequest::Use use,
                   crypto::KeyKind kind) const;

    std::string folder_;
    crypto::KeyKind kind_;
    Identity authority_;
};

// What the makers of certificates need, valid from an hour ago for a day.
crypto::CertificateRequest certificate_request(const std::string& name,
                                               crypto::CertificateRequest::Use use);

}  // namespace recall::test
