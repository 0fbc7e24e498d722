#pragma once
// The allow-list of algorithm names in XML signatures, compared byte for byte. Any thread.

#include <optional>
#include <string_view>

#include "gateway/crypto/xml_signature.h"

namespace recall::crypto {

inline constexpr std::string_view exclusive_c14n = "http://www.w3.org/2001/10/xml-exc-c14n#";
inline constexpr std::string_view enveloped_signature =
    "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

std::optional<Scheme> scheme_of_uri(std::string_view uri, const NationalAlgorithms& national);
std::optional<Digest> digest_of_uri(std::string_view uri, const NationalAlgorithms& national);
// Empty when the algorithm has no name, which is so for SM2 and SM3 without an agreement.
std::string_view uri_of(const Scheme& scheme, const NationalAlgorithms& national);
std::string_view uri_of(Digest digest, const NationalAlgorithms& national);

}  // namespace recall::crypto
