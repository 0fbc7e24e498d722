#pragma once
// Who we are in the exchange: our party id, the key that signs and its certificate. Immutable; any
// thread.

#include <string>
#include <string_view>

#include "gateway/crypto/certificate.h"

namespace recall::exchange {

struct Identity {
    std::string party;
    crypto::PrivateKey key;
    crypto::Certificate certificate;
};

// From PEM texts. Fails with config when the id has no valid form, or the certificate is not the
// key's.
Result<Identity> make_identity(std::string party, std::string_view key_pem,
                               std::string_view certificate_pem);

// "cn-samr": lower-case letters, digits, '.', '_', '-', at most 64.
bool is_party_id(std::string_view id);

}  // namespace recall::exchange
