#pragma once
// Step 3 of the order of work: the exact children and attributes of ds:Signature. Knows nothing of
// keys. For the .cpp files of this folder only.

#include "gateway/crypto/message_xml.h"
#include "gateway/crypto/xml_algorithms.h"

namespace recall::crypto {

// What a Signature says, once its shape is right. Views point into the document.
struct SignatureParts {
    xmlNode* signature = nullptr;
    xmlNode* signed_info = nullptr;
    Scheme scheme;
    std::string_view reference_uri;
    Digest digest = Digest::sha256;
    std::string digest_value;
    std::string signature_value;
    xmlNode* key_info = nullptr;  // nullptr when absent
};

// Fails with SIG-SHAPE or SIG-ALG.
Result<SignatureParts> read_signature(xmlNode* signature, const NationalAlgorithms& national);

// Keys that the message names must be the key that we trust; they are never a source of one.
// Fails with SIG-SHAPE when KeyInfo holds what the profile does not know.
struct KeyHints {
    std::vector<std::string> names;
    std::vector<std::string> certificates;  // DER
    std::vector<PublicKey> keys;
};
Result<KeyHints> read_key_info(xmlNode* key_info);
bool agrees(const TrustedKey& key, const KeyHints& hints);

// base64 as XML carries it: white space may stand between, the rest is strict.
std::optional<std::string> from_xml_base64(std::string_view text);

}  // namespace recall::crypto
