// The half of keys.h that reads JWKs (RFC 7517, RFC 8037), to the letter: exact lengths, one
// spelling of base64url, points on their curve.
#include <openssl/core_names.h>
#include <openssl/err.h>

#include <utility>

#include "gateway/crypto/keys.h"
#include "gateway/crypto/openssl_handles.h"

namespace recall::crypto {
namespace {

Error unusable(std::string text) { return {ErrorCode::sig_key, std::move(text)}; }

// A JWK member as bytes; nothing when it is missing or not strict base64url.
std::optional<std::string> bytes_member(const JsonValue& jwk, std::string_view name) {
    const std::string* text = jwk.string(name);
    return text == nullptr ? std::nullopt : from_base64url(*text);
}

std::shared_ptr<EVP_PKEY> shared(EVP_PKEY* key) { return {key, EVP_PKEY_free}; }

// A key from named parameters; nullptr when they do not make one.
std::shared_ptr<EVP_PKEY> build_key(const char* type, int selection, OSSL_PARAM_BLD* builder) {
    const ParametersHandle parameters(OSSL_PARAM_BLD_to_param(builder));
    const KeyContextHandle context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    if (EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, selection, parameters.get()) != 1) {
        return nullptr;
    }
    return shared(key);
}

std::shared_ptr<EVP_PKEY> rsa_key(const JsonValue& jwk) {
    const auto modulus = bytes_member(jwk, "n");
    const auto exponent = bytes_member(jwk, "e");
    if (!modulus || !exponent || modulus->size() > rsa_bits_max / 8 || exponent->size() > 8) {
        return nullptr;
    }
    const NumberHandle n(BN_bin2bn(octets(*modulus), static_cast<int>(modulus->size()), nullptr));
    const NumberHandle e(BN_bin2bn(octets(*exponent), static_cast<int>(exponent->size()), nullptr));
    const ParameterBuilderHandle builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
    return build_key("RSA", EVP_PKEY_PUBLIC_KEY, builder.get());
}

std::shared_ptr<EVP_PKEY> curve_key(const JsonValue& jwk) {
    const std::string* curve = jwk.string("crv");
    if (curve == nullptr || (*curve != "P-256" && *curve != "P-384")) return nullptr;
    const std::size_t size = *curve == "P-256" ? 32 : 48;
    const auto x = bytes_member(jwk, "x");
    const auto y = bytes_member(jwk, "y");
    if (!x || !y || x->size() != size || y->size() != size) return nullptr;
    const std::string point = '\x04' + *x + *y;
    const ParameterBuilderHandle builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve->c_str(), 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                     point.size());
    NumberHandle secret;
    if (jwk.member("d") != nullptr) {
        const auto d = bytes_member(jwk, "d");
        if (!d || d->size() != size) return nullptr;
        secret.reset(BN_bin2bn(octets(*d), static_cast<int>(size), nullptr));
        OSSL_PARAM_BLD_push_BN_pad(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, secret.get(), size);
    }
    return build_key("EC", secret ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, builder.get());
}

std::shared_ptr<EVP_PKEY> edwards_key(const JsonValue& jwk) {
    const std::string* curve = jwk.string("crv");
    const auto x = bytes_member(jwk, "x");
    if (curve == nullptr || *curve != "Ed25519" || !x || x->size() != 32) return nullptr;
    if (jwk.member("d") == nullptr) {
        return shared(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, octets(*x), 32));
    }
    const auto d = bytes_member(jwk, "d");
    if (!d || d->size() != 32) return nullptr;
    auto key = shared(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, octets(*d), 32));
    std::string derived(32, '\0');
    std::size_t length = derived.size();
    EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char*>(derived.data()),
                                &length);
    return derived == *x ? key : nullptr;
}

std::shared_ptr<EVP_PKEY> jwk_handle(const JsonValue& jwk) {
    const std::string* type = jwk.string("kty");
    if (type == nullptr) return nullptr;
    if (*type == "EC") return curve_key(jwk);
    if (*type == "OKP") return edwards_key(jwk);
    if (*type == "RSA") return rsa_key(jwk);
    return nullptr;
}

}  // namespace

Result<PublicKey> PublicKey::from_jwk(const JsonValue& jwk) {
    const auto key = jwk_handle(jwk);
    if (key == nullptr) {
        ERR_clear_error();
        return unusable("the JWK is no valid EC, OKP or RSA key of ours");
    }
    return from_handle(key);
}

Result<PrivateKey> PrivateKey::from_jwk(std::string_view json) {
    const auto jwk = read_json(json);
    if (!jwk) return jwk.error();
    const std::string* type = jwk->string("kty");
    if (jwk->string("d") == nullptr || (type != nullptr && *type == "RSA")) {
        return unusable("a private JWK must be an EC or OKP key with the member d");
    }
    auto both = PublicKey::from_jwk(*jwk);
    if (!both) return both.error();
    const KeyContextHandle context(EVP_PKEY_CTX_new_from_pkey(nullptr, both->raw(), nullptr));
    if (EVP_PKEY_pairwise_check(context.get()) != 1) {
        return unusable("the JWK's halves do not belong together");
    }
    return PrivateKey(*std::move(both));
}

}  // namespace recall::crypto
