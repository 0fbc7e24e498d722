#pragma once
// JSON Web Signatures (RFC 7515) over the exact payload bytes: compact, flattened and general form,
// attached or detached, and unencoded detached payloads (RFC 7797). Strict where libraries are not:
// one spelling of base64url, no duplicate members, no mixed forms, every signature must verify.
// Any thread. Failures carry the codes of docs/protocol.md.

#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/clock.h"
#include "gateway/crypto/trust.h"
#include "gateway/crypto/xml_signature.h"

namespace recall::crypto {

struct JwsVerification {
    const Trust& trust;
    Instant now;
    // The payload of a detached signature; an attached one is then refused.
    std::optional<std::string_view> detached_payload = {};
    // When not empty, the header's typ must be this.
    std::string_view type = {};
    std::size_t bytes_max = MessageLimits{}.bytes_max;
};

// Verified::key is the key of the first signature. Fails with JSON-FORM, SIG-SHAPE, SIG-ALG,
// SIG-KEY, SIG-REVOKED, SIG-VALUE or XML-LIMIT's JSON sister, too-large.
Result<Verified> verify_jws(std::string_view message, const JwsVerification& verification);

enum class JwsForm { flattened, compact, detached };

struct JwsSigning {
    const PrivateKey& key;
    std::string kid;   // empty: the key's thumbprint
    std::string type;  // empty: no typ
    JwsForm form = JwsForm::flattened;
};

// Fails with SIG-ALG when JOSE has no name for what the key does (SM2).
Result<std::string> sign_jws(std::string_view payload, const JwsSigning& signing);

}  // namespace recall::crypto
