#include "gateway/crypto/tls.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace recall::crypto {
namespace {

std::string normal(std::string_view fingerprint) {
    std::string out;
    for (const char c : fingerprint) {
        if (c != ':') out += c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

Result<std::string> text_of_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return Error{ErrorCode::config, path + " cannot be read"};
    return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace

Result<std::string> certificate_fingerprint(std::string_view pem_or_der) {
    const auto certificate = pem_or_der.starts_with("-----BEGIN")
                                 ? Certificate::from_pem(pem_or_der)
                                 : Certificate::from_der(pem_or_der);
    if (!certificate) return Error{ErrorCode::tls, certificate.error().text};
    return certificate->fingerprint();
}

bool is_pinned(std::string_view fingerprint, const std::vector<std::string>& pinned) {
    const std::string wanted = normal(fingerprint);
    return std::ranges::any_of(pinned,
                               [&](const std::string& one) { return normal(one) == wanted; });
}

Result<void> check_identity(const TlsIdentity& identity, Instant now) {
    const auto certificate_text = text_of_file(identity.certificate_file);
    if (!certificate_text) return certificate_text.error();
    const auto key_text = text_of_file(identity.key_file);
    if (!key_text) return key_text.error();
    const auto certificate = Certificate::from_pem(*certificate_text);
    if (!certificate) {
        return {ErrorCode::config, identity.certificate_file + ": " + certificate.error().text};
    }
    const auto key = PrivateKey::from_pem(*key_text, identity.passphrase);
    if (!key) return {ErrorCode::config, identity.key_file + ": " + key.error().text};
    if (!(key->public_key() == certificate->public_key())) {
        return {ErrorCode::config,
                identity.key_file + " is not the key of " + identity.certificate_file};
    }
    if (now < certificate->not_before() || now > certificate->not_after()) {
        return {ErrorCode::config, identity.certificate_file + " is valid from " +
                                       to_text(certificate->not_before()) + " to " +
                                       to_text(certificate->not_after()) + " only"};
    }
    return {};
}

}  // namespace recall::crypto
