#include "tests/support/pki.h"

#include <filesystem>
#include <fstream>

namespace recall::test {
namespace {

void write(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
    std::filesystem::permissions(
        path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

Identity stored(const std::string& folder, const std::string& name, crypto::PrivateKey key,
                crypto::Certificate certificate) {
    Identity identity{std::move(key), std::move(certificate), folder + "/" + name + ".pem",
                      folder + "/" + name + ".key"};
    write(identity.certificate_file, identity.certificate.to_pem());
    write(identity.key_file, identity.key.to_pem());
    return identity;
}

Identity make_authority(const std::string& folder, crypto::KeyKind kind) {
    auto key = crypto::PrivateKey::generate(kind);
    auto certificate = crypto::make_self_signed(
        certificate_request("Test Authority", crypto::CertificateRequest::Use::authority), key);
    return stored(folder, "ca", std::move(key), std::move(certificate));
}

}  // namespace

crypto::CertificateRequest certificate_request(const std::string& name,
                                               crypto::CertificateRequest::Use use) {
    const Instant now = SystemClock().now();
    crypto::CertificateRequest request;
    request.common_name = name;
    request.organisation = "Recall Test";
    request.use = use;
    request.not_before = now - std::chrono::hours(1);
    request.not_after = now + std::chrono::hours(24);
    if (use == crypto::CertificateRequest::Use::server)
        request.dns_names = {"localhost", "127.0.0.1"};
    return request;
}

Pki::Pki(std::string folder, crypto::KeyKind kind)
    : folder_(std::move(folder)), kind_(kind), authority_(make_authority(folder_, kind)) {}

Identity Pki::issue(const std::string& name, crypto::CertificateRequest::Use use,
                    crypto::KeyKind kind) const {
    auto key = crypto::PrivateKey::generate(kind);
    auto certificate = crypto::make_certificate(certificate_request(name, use), key.public_key(),
                                                {authority_.certificate, authority_.key});
    return stored(folder_, name, std::move(key), std::move(certificate));
}

Identity Pki::server(const std::string& name) const {
    return issue(name, crypto::CertificateRequest::Use::server, kind_);
}
Identity Pki::client(const std::string& name) const {
    return issue(name, crypto::CertificateRequest::Use::client, kind_);
}
Identity Pki::signer(const std::string& name, crypto::KeyKind kind) const {
    return issue(name, crypto::CertificateRequest::Use::signing, kind);
}

std::string Pki::revoke(const std::string& name,
                        const std::vector<crypto::Certificate>& revoked) const {
    const Instant now = SystemClock().now();
    std::string path = folder_ + "/" + name + ".crl";
    write(path,
          crypto::make_revocation_list(revoked, {authority_.certificate, authority_.key},
                                       now - std::chrono::hours(1), now + std::chrono::hours(24)));
    return path;
}

}  // namespace recall::test
