#include "gateway/crypto/jws.h"

#include <algorithm>
#include <array>

#include "gateway/base/utf8.h"

namespace recall::crypto {
namespace {

constexpr std::size_t header_bytes_max = 64U << 10U;
constexpr std::size_t signatures_max = 16;

struct JoseAlgorithm {
    std::string_view name;
    KeyKind kind;
    Scheme scheme;
};

// RFC 7518 §3.1, RFC 8037 §3.1: the allow-list, spelt exactly so.
constexpr std::array<JoseAlgorithm, 4> algorithms = {{
    {"ES256", KeyKind::p256, {Family::ecdsa, Digest::sha256}},
    {"ES384", KeyKind::p384, {Family::ecdsa, Digest::sha384}},
    {"EdDSA", KeyKind::ed25519, {Family::ed25519, Digest::sha512}},
    {"PS256", KeyKind::rsa, {Family::rsa_pss, Digest::sha256}},
}};

Error shape(std::string text) { return {ErrorCode::sig_shape, std::move(text)}; }

// One signature as it stands in the message.
struct SignatureText {
    std::string protected_header;  // base64url
    std::string signature;         // base64url
};

struct MessageParts {
    std::optional<std::string> payload;  // base64url; nothing when detached
    std::vector<SignatureText> signatures;
};

struct Header {
    const JoseAlgorithm* algorithm = nullptr;
    std::optional<std::string> kid;
    std::string type;
    bool encoded = true;  // RFC 7797: b64
    std::optional<PublicKey> named_key;
};

Result<MessageParts> split_compact(std::string_view text) {
    // A text file ends in one line feed, which is not part of the signature.
    if (text.ends_with('\n')) text.remove_suffix(1);
    const std::size_t first = text.find('.');
    const std::size_t second = first == std::string_view::npos ? first : text.find('.', first + 1);
    if (second == std::string_view::npos || text.find('.', second + 1) != std::string_view::npos) {
        return shape("a compact signature has three parts");
    }
    MessageParts parts;
    parts.payload = text.substr(first + 1, second - first - 1);
    parts.signatures.push_back(
        {std::string(text.substr(0, first)), std::string(text.substr(second + 1))});
    return parts;
}

// A member that must be a string, in a signature object.
Result<SignatureText> read_signature(const JsonValue& object) {
    const std::string* header = object.string("protected");
    const std::string* signature = object.string("signature");
    if (header == nullptr || signature == nullptr) {
        return shape("a signature needs the texts protected and signature");
    }
    // RFC 7515 §7.2.1: what is not integrity-protected. A kid there is a hint we do without, and
    // anything else has no place there.
    const JsonValue* loose = object.member("header");
    const bool only_hint =
        loose == nullptr ||
        (loose->is(JsonValue::Type::object) &&
         std::ranges::all_of(loose->members, [](const auto& member) {
             return member.name == "kid" && member.value.is(JsonValue::Type::string);
         }));
    if (!only_hint) return shape("the unprotected header holds more than a kid");
    return SignatureText{*header, *signature};
}

bool has_only(const JsonValue& object, std::initializer_list<std::string_view> names) {
    return std::ranges::all_of(object.members, [&](const auto& member) {
        return std::ranges::find(names, member.name) != names.end();
    });
}

// RFC 7515 §7.2: general when there is "signatures", else flattened; never both.
Result<MessageParts> split_json(std::string_view text) {
    auto json = read_json(text);
    if (!json) return json.error();
    if (!json->is(JsonValue::Type::object)) return shape("the message is no JSON object");
    MessageParts parts;
    if (const JsonValue* payload = json->member("payload")) {
        if (!payload->is(JsonValue::Type::string)) return shape("the payload is no text");
        parts.payload = payload->text;
    }
    const JsonValue* several = json->member("signatures");
    if (several == nullptr) {
        if (!has_only(*json, {"payload", "protected", "header", "signature"})) {
            return shape("the message holds members besides those of a flattened signature");
        }
        auto one = read_signature(*json);
        if (!one) return one.error();
        parts.signatures.push_back(*std::move(one));
        return parts;
    }
    if (!has_only(*json, {"payload", "signatures"}) || !several->is(JsonValue::Type::array)) {
        return shape("the message mixes the general and the flattened form");
    }
    for (const JsonValue& item : several->items) {
        if (!item.is(JsonValue::Type::object) ||
            !has_only(item, {"protected", "header", "signature"})) {
            return shape("a signature holds members that it must not");
        }
        auto one = read_signature(item);
        if (!one) return one.error();
        parts.signatures.push_back(*std::move(one));
    }
    if (parts.signatures.empty() || parts.signatures.size() > signatures_max) {
        return shape("a message has 1 to " + std::to_string(signatures_max) + " signatures");
    }
    return parts;
}

// RFC 7515 §4.1.11 and RFC 7797 §6: crit names what must be understood; we understand b64.
Result<void> read_critical(const JsonValue& json, Header& header) {
    const JsonValue* encoded = json.member("b64");
    const JsonValue* critical = json.member("crit");
    if (critical != nullptr) {
        const bool names_b64 =
            critical->is(JsonValue::Type::array) && critical->items.size() == 1 &&
            critical->items[0].is(JsonValue::Type::string) && critical->items[0].text == "b64";
        if (!names_b64 || encoded == nullptr)
            return shape("crit names what is absent or unknown to us");
    }
    if (encoded == nullptr) return {};
    if (critical == nullptr || !encoded->is(JsonValue::Type::boolean)) {
        return shape("b64 is no boolean, or not named in crit");
    }
    header.encoded = encoded->text == "true";
    return {};
}

// jwk and x5c are never a source; when they are there, they must name the key that we trust.
// jku and x5u are not looked at, and never fetched.
Result<void> read_named_key(const JsonValue& json, Header& header) {
    if (const JsonValue* jwk = json.member("jwk")) {
        auto key = PublicKey::from_jwk(*jwk);
        if (!key) return {ErrorCode::sig_key, "the header's jwk is no key of ours"};
        header.named_key = *std::move(key);
    } else if (const JsonValue* chain = json.member("x5c")) {
        const bool has_leaf = chain->is(JsonValue::Type::array) && !chain->items.empty();
        const auto der = has_leaf ? from_base64(chain->items[0].text) : std::nullopt;
        const auto leaf =
            der ? Certificate::from_der(*der) : Result<Certificate>(ErrorCode::sig_key, "");
        if (!leaf) return {ErrorCode::sig_key, "the header's x5c is no certificate of ours"};
        header.named_key = leaf->public_key();
    }
    return {};
}

Result<Header> read_header(std::string_view text) {
    if (text.size() > header_bytes_max) return shape("the header is too long");
    const auto bytes = from_base64url(text);
    if (!bytes) return shape("the header is not strict base64url");
    const auto json = read_json(*bytes);
    if (!json) return json.error();
    if (!json->is(JsonValue::Type::object))
        return Error{ErrorCode::json_form, "the header is no object"};
    Header header;
    const std::string* name = json->string("alg");
    const auto* found = std::ranges::find_if(
        algorithms, [&](const JoseAlgorithm& one) { return name != nullptr && one.name == *name; });
    if (found == algorithms.end())
        return Error{ErrorCode::sig_alg, "alg is none of ES256, ES384, EdDSA, PS256"};
    header.algorithm = found;
    for (const std::string_view member : {"kid", "typ", "cty"}) {
        if (json->member(member) != nullptr && json->string(member) == nullptr) {
            return shape(std::string(member) + " is no text");
        }
    }
    if (const std::string* kid = json->string("kid")) header.kid = *kid;
    if (const std::string* type = json->string("typ")) header.type = *type;
    if (const auto critical = read_critical(*json, header); !critical) return critical.error();
    if (const auto named = read_named_key(*json, header); !named) return named.error();
    return header;
}

// A registered kid must be the one named; a key without one takes any, and is only asked when no
// key has that kid.
bool takes_kid(const TrustedKey& key, const std::optional<std::string>& kid, const Trust& trust) {
    if (!kid) return true;
    if (key.kid) return key.kid == kid;
    return std::ranges::none_of(trust.keys(),
                                [&](const TrustedKey& other) { return other.kid == kid; });
}

Result<std::vector<const TrustedKey*>> candidates(const Header& header,
                                                  const JwsVerification& verification) {
    std::vector<const TrustedKey*> usable;
    Error refused{ErrorCode::sig_key, "no registered key is the one that the header names"};
    for (const TrustedKey& key : verification.trust.keys()) {
        if (!takes_kid(key, header.kid, verification.trust)) continue;
        if (header.named_key && !(*header.named_key == key.key)) continue;
        const bool right_algorithm = key.key.kind() == header.algorithm->kind &&
                                     (!key.algorithm || *key.algorithm == header.algorithm->name);
        if (!right_algorithm) {
            if (refused.code == ErrorCode::sig_key) {
                refused = {ErrorCode::sig_alg, "the registered key is not for this alg"};
            }
        } else if (const auto now = key.usable(verification.now); !now) {
            refused = now.error();
        } else {
            usable.push_back(&key);
        }
    }
    if (usable.empty()) return refused;
    return usable;
}

Result<const TrustedKey*> verify_one(const SignatureText& text, const Header& header,
                                     std::string_view payload,
                                     const JwsVerification& verification) {
    const auto keys = candidates(header, verification);
    if (!keys) return keys.error();
    const auto signature = from_base64url(text.signature);
    if (!signature) return shape("the signature is not strict base64url");
    // RFC 7515 §5.2 step 8: the signing input.
    std::string input = text.protected_header;
    input += '.';
    input += payload;
    for (const TrustedKey* key : *keys) {
        if (key->key.verify(header.algorithm->scheme, input, *signature)) return key;
    }
    return Error{ErrorCode::sig_value, "the signature value does not verify"};
}

// The payload as it stands in the signing input, and decoded.
struct Payload {
    std::string signed_text;
    std::string bytes;
};

Result<Payload> payload_of(MessageParts& parts, const Header& header,
                           const JwsVerification& verification) {
    const bool attached =
        parts.payload && !(parts.payload->empty() && verification.detached_payload);
    if (attached && verification.detached_payload) {
        return shape("the payload is attached, and another was given");
    }
    if (!attached) {
        if (!verification.detached_payload)
            return shape("the payload is detached and was not given");
        const std::string bytes(*verification.detached_payload);
        return Payload{header.encoded ? to_base64url(bytes) : bytes, bytes};
    }
    if (!header.encoded) return shape("an unencoded payload must be detached");
    auto bytes = from_base64url(*parts.payload);
    if (!bytes) return shape("the payload is not strict base64url");
    return Payload{*std::move(parts.payload), *std::move(bytes)};
}

std::string json_text(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

}  // namespace

Result<Verified> verify_jws(std::string_view message, const JwsVerification& verification) {
    if (message.size() > verification.bytes_max) {
        return Error{ErrorCode::too_large, std::to_string(message.size()) + " bytes, at most " +
                                               std::to_string(verification.bytes_max) +
                                               " are read"};
    }
    // R-1, for either form.
    if (message.starts_with(utf8_byte_order_mark)) {
        return Error{ErrorCode::json_form, "a byte order mark stands before the message"};
    }
    const std::size_t first = message.find_first_not_of(" \t\r\n");
    const bool json = first != std::string_view::npos && message[first] == '{';
    auto parts = json ? split_json(message) : split_compact(message);
    if (!parts) return parts.error();
    std::vector<Header> headers;
    for (const SignatureText& signature : parts->signatures) {
        auto header = read_header(signature.protected_header);
        if (!header) return header.error();
        if (!verification.type.empty() && header->type != verification.type) {
            return shape("typ is not " + std::string(verification.type));
        }
        if (!headers.empty() && headers.front().encoded != header->encoded) {
            return shape("b64 differs between the signatures");
        }
        headers.push_back(*std::move(header));
    }
    auto payload = payload_of(*parts, headers.front(), verification);
    if (!payload) return payload.error();
    const TrustedKey* signer = nullptr;
    for (std::size_t i = 0; i < headers.size(); ++i) {
        const auto key =
            verify_one(parts->signatures[i], headers[i], payload->signed_text, verification);
        if (!key) return key.error();
        if (signer == nullptr) signer = *key;
    }
    return Verified{std::move(payload->bytes), *signer};
}

Result<std::string> sign_jws(std::string_view payload, const JwsSigning& signing) {
    const PublicKey& key = signing.key.public_key();
    const auto* algorithm = std::ranges::find(algorithms, key.kind(), &JoseAlgorithm::kind);
    if (algorithm == algorithms.end())
        return Error{ErrorCode::sig_alg, "JOSE has no name for this key"};
    const std::string kid = signing.kid.empty() ? key.thumbprint() : signing.kid;
    std::string header =
        R"({"alg":")" + std::string(algorithm->name) + R"(","kid":)" + json_text(kid);
    if (!signing.type.empty()) header += R"(,"typ":)" + json_text(signing.type);
    header = to_base64url(header + "}");
    const std::string body = to_base64url(payload);
    const std::string signature =
        to_base64url(signing.key.sign(algorithm->scheme, header + "." + body));
    switch (signing.form) {
        case JwsForm::compact:
            return header + "." + body + "." + signature;
        case JwsForm::detached:
            return R"({"protected":")" + header + R"(","signature":")" + signature + R"("})";
        case JwsForm::flattened:
            break;
    }
    return R"({"payload":")" + body + R"(","protected":")" + header + R"(","signature":")" +
           signature + R"("})";
}

}  // namespace recall::crypto
