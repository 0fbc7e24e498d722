#pragma once
// What a TLS context is made of, as plain values: net/ and http/ hand them to their library. The
// files are PEM; a pinned certificate is named by the SHA-256 of its DER form. Any thread.

#include <string>
#include <string_view>
#include <vector>

#include "gateway/crypto/certificate.h"

namespace recall::crypto {

struct TlsIdentity {
    std::string certificate_file;  // the chain, leaf first
    std::string key_file;
    std::string passphrase;  // empty when the key is not encrypted
};

struct TlsServerSettings {
    enum class Clients { anyone, with_certificate };

    TlsIdentity identity;
    Clients clients = Clients::anyone;
    std::string authority_file;  // who issues clients' certificates
};

struct TlsClientSettings {
    TlsIdentity identity;        // empty files: no certificate is shown
    std::string authority_file;  // empty: the system's authorities
    std::vector<std::string>
        pinned_fingerprints;  // empty: the chain and the host name decide alone
};

// The fingerprint of a certificate in PEM or DER, as a handshake hands it over. Fails with tls.
Result<std::string> certificate_fingerprint(std::string_view pem_or_der);

// Whether the fingerprint is one of those pinned; compared in either case and with or without ':'.
bool is_pinned(std::string_view fingerprint, const std::vector<std::string>& pinned);

// Everything wrong with an identity: files that cannot be read, a key that is not the
// certificate's, a certificate out of its validity. Fails with config.
Result<void> check_identity(const TlsIdentity& identity, Instant now);

}  // namespace recall::crypto
