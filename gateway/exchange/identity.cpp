#include "gateway/exchange/identity.h"

#include <algorithm>

namespace recall::exchange {

bool is_party_id(std::string_view id) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    };
    return !id.empty() && id.size() <= 64 && std::ranges::all_of(id, fits) && id[0] != '.' &&
           id[0] != '_' && id[0] != '-';
}

Result<Identity> make_identity(std::string party, std::string_view key_pem,
                               std::string_view certificate_pem) {
    if (!is_party_id(party)) {
        return {ErrorCode::config, "\"" + party + "\" is no party id, such as cn-samr"};
    }
    Result<crypto::PrivateKey> key = crypto::PrivateKey::from_pem(key_pem);
    if (!key) return {ErrorCode::config, "the exchange's signing key: " + key.error().text};
    Result<crypto::Certificate> certificate = crypto::Certificate::from_pem(certificate_pem);
    if (!certificate) {
        return {ErrorCode::config,
                "the exchange's signing certificate: " + certificate.error().text};
    }
    if (!(certificate->public_key() == key->public_key())) {
        return {ErrorCode::config, "the exchange's signing certificate is not that of its key"};
    }
    return Identity{std::move(party), *std::move(key), *std::move(certificate)};
}

}  // namespace recall::exchange
