#include "gateway/crypto/xml_algorithms.h"

#include <array>
#include <utility>

namespace recall::crypto {
namespace {

// RFC 9231 §2.3.
constexpr std::array<std::pair<std::string_view, Scheme>, 10> schemes = {{
    {"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", {Family::ecdsa, Digest::sha256}},
    {"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384", {Family::ecdsa, Digest::sha384}},
    {"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512", {Family::ecdsa, Digest::sha512}},
    {"http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519", {Family::ed25519, Digest::sha512}},
    {"http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", {Family::rsa_pss, Digest::sha256}},
    {"http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1", {Family::rsa_pss, Digest::sha384}},
    {"http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1", {Family::rsa_pss, Digest::sha512}},
    {"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", {Family::rsa, Digest::sha256}},
    {"http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", {Family::rsa, Digest::sha384}},
    {"http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", {Family::rsa, Digest::sha512}},
}};

constexpr std::array<std::pair<std::string_view, Digest>, 3> digests = {{
    {"http://www.w3.org/2001/04/xmlenc#sha256", Digest::sha256},
    {"http://www.w3.org/2001/04/xmldsig-more#sha384", Digest::sha384},
    {"http://www.w3.org/2001/04/xmlenc#sha512", Digest::sha512},
}};

constexpr Scheme national_scheme = {Family::sm2, Digest::sm3};

}  // namespace

std::optional<Scheme> scheme_of_uri(std::string_view uri, const NationalAlgorithms& national) {
    if (!uri.empty() && uri == national.signature_uri) return national_scheme;
    for (const auto& [name, scheme] : schemes) {
        if (name == uri) return scheme;
    }
    return std::nullopt;
}

std::optional<Digest> digest_of_uri(std::string_view uri, const NationalAlgorithms& national) {
    if (!uri.empty() && uri == national.digest_uri) return Digest::sm3;
    for (const auto& [name, digest] : digests) {
        if (name == uri) return digest;
    }
    return std::nullopt;
}

std::string_view uri_of(const Scheme& scheme, const NationalAlgorithms& national) {
    if (scheme == national_scheme) return national.signature_uri;
    for (const auto& [name, listed] : schemes) {
        if (listed == scheme) return name;
    }
    return {};
}

std::string_view uri_of(Digest digest, const NationalAlgorithms& national) {
    if (digest == Digest::sm3) return national.digest_uri;
    for (const auto& [name, listed] : digests) {
        if (listed == digest) return name;
    }
    return {};
}

}  // namespace recall::crypto
