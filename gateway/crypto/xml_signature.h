#pragma once
// XML signatures in one exact profile: enveloped, exclusive C14N without comments, one reference.
// verify_xml() returns the canonical bytes that were signed; callers read only a document parsed
// from those. Our own reader on libxml2's tree and C14N; no general XML signature library stands
// between. Any thread. Failures carry the codes of docs/protocol.md; the first failing check wins.

#include <string>
#include <string_view>

#include "gateway/base/clock.h"
#include "gateway/crypto/trust.h"

namespace recall::crypto {

// What a message may cost before its signature is known to be good.
struct MessageLimits {
    std::size_t bytes_max = 64U << 20U;
    std::size_t depth_max = 100;
    std::size_t nodes_max = 1'000'000;
    std::size_t attributes_max = 1'000'000;
    // libxml2 compares each attribute of an element with all others: the square of this is work.
    std::size_t element_attributes_max = 256;
};

// Which element may carry the signature.
enum class SignedElement {
    document,           // the profile of messages: the document element
    document_or_child,  // also one child of it, when no other element outside has its name
};

// Algorithm names agreed with a partner for SM2 and SM3, which no standard names. Empty: refused.
struct NationalAlgorithms {
    std::string signature_uri;
    std::string digest_uri;
};

struct XmlVerification {
    const Trust& trust;
    Instant now;
    SignedElement signed_element = SignedElement::document;
    MessageLimits limits = {};
    NationalAlgorithms national = {};
};

struct Verified {
    std::string bytes;  // what was signed, and all that may be read
    TrustedKey key;     // who signed
};

Result<Verified> verify_xml(std::string_view message, const XmlVerification& verification);

struct XmlSigning {
    const PrivateKey& key;
    // Its certificate, sent along as a hint; nullptr sends none.
    const Certificate* certificate = nullptr;
    Scheme scheme;  // must fit the key
    NationalAlgorithms national = {};
};

// The document with a signature as the last child of its document element. Fails with XML-… when
// the document is not one that a verifier would read, SIG-SHAPE when it is signed already.
Result<std::string> sign_xml(std::string_view document, const XmlSigning& signing);

}  // namespace recall::crypto
