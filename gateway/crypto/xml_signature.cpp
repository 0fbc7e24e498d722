#include "gateway/crypto/xml_signature.h"

#include <libxml/parser.h>

#include <algorithm>

#include "gateway/crypto/signature_shape.h"

namespace recall::crypto {
namespace {

struct NodeFree {
    void operator()(xmlNode* node) const { xmlFreeNode(node); }
};

bool is_last_child(const xmlNode* node) {
    for (const xmlNode* next = node->next; next != nullptr; next = next->next) {
        if (!is_blank(next)) return false;
    }
    return true;
}

// Another element of that local name outside of `element`: what a wrapped message would have.
bool has_namesake(xmlNode* root, const xmlNode* element) {
    for (const xmlNode* node = root; node != nullptr;) {
        if (node != element && is_element(node)) {
            if (text_of(node->name) == text_of(element->name)) return true;
            if (node->children != nullptr) {
                node = node->children;
                continue;
            }
        }
        while (node != root && node->next == nullptr)
            node = node->parent;
        node = node == root ? nullptr : node->next;
    }
    return false;
}

bool has_id(const xmlNode* element, std::string_view id) {
    for (const xmlAttr* attribute = element->properties; attribute != nullptr;
         attribute = attribute->next) {
        if (is_id(attribute) && value_of(attribute) == id) return true;
    }
    return false;
}

Error shape(std::string text) { return {ErrorCode::sig_shape, std::move(text)}; }

// Step 3, position: the signature is the last child of the element that it signs.
Result<xmlNode*> signed_element(xmlNode* root, const SignatureParts& parts, SignedElement allowed) {
    xmlNode* element = parts.signature->parent;
    if (element == nullptr || !is_element(element) || !is_last_child(parts.signature)) {
        return shape("the Signature is not the last child of what it signs");
    }
    const bool child = allowed == SignedElement::document_or_child && element->parent == root;
    if (element != root && !child) return shape("the Signature is not in the document element");
    if (parts.reference_uri.empty()) {
        if (element == root) return element;
        return shape("the reference is to the document, the Signature inside a part of it");
    }
    const bool same = parts.reference_uri.front() == '#' && parts.reference_uri.size() > 1 &&
                      has_id(element, parts.reference_uri.substr(1));
    if (!same) return shape("the reference is not to the element that holds the Signature");
    if (element != root && has_namesake(root, element)) {
        return shape("an unsigned element has the name of the signed one");
    }
    return element;
}

// Step 4: the registered keys that the message may have been signed with, at this time.
Result<std::vector<const TrustedKey*>> candidates(const SignatureParts& parts,
                                                  const XmlVerification& verification) {
    const auto hints = read_key_info(parts.key_info);
    if (!hints) return hints.error();
    std::vector<const TrustedKey*> usable;
    Error refused{ErrorCode::sig_key, "no registered key agrees with the message"};
    for (const TrustedKey& key : verification.trust.keys()) {
        if (!agrees(key, *hints)) continue;
        const bool registered = !key.algorithm || scheme_of_name(*key.algorithm) == parts.scheme;
        if (!registered || !key.key.fits(parts.scheme)) {
            if (refused.code == ErrorCode::sig_key) {
                refused = {ErrorCode::sig_alg, "the registered key does not sign in this way"};
            }
            continue;
        }
        if (const auto now = key.usable(verification.now); !now) {
            refused = now.error();
            continue;
        }
        usable.push_back(&key);
    }
    if (usable.empty()) return refused;
    return usable;
}

std::string text_element(std::string_view name, const std::string& text) {
    return "<ds:" + std::string(name) + ">" + text + "</ds:" + std::string(name) + ">";
}

std::string algorithm_element(std::string_view name, std::string_view uri) {
    return "<ds:" + std::string(name) + " Algorithm=\"" + std::string(uri) +
           "\"></ds:" + std::string(name) + ">";
}

// SignedInfo in its canonical form, as it is signed and as it is written.
std::string signed_info_text(const XmlSigning& signing, Digest digest, const std::string& value) {
    return "<ds:SignedInfo xmlns:ds=\"" + std::string(signature_namespace) + "\">" +
           algorithm_element("CanonicalizationMethod", exclusive_c14n) +
           algorithm_element("SignatureMethod", uri_of(signing.scheme, signing.national)) +
           "<ds:Reference URI=\"\"><ds:Transforms>" +
           algorithm_element("Transform", enveloped_signature) +
           algorithm_element("Transform", exclusive_c14n) + "</ds:Transforms>" +
           algorithm_element("DigestMethod", uri_of(digest, signing.national)) +
           text_element("DigestValue", to_base64(value)) + "</ds:Reference></ds:SignedInfo>";
}

}  // namespace

Result<Verified> verify_xml(std::string_view message, const XmlVerification& verification) {
    // 1. bytes, and a parse that resolves nothing.
    const auto document = parse_message(message, verification.limits);
    if (!document) return document.error();
    // 2. one walk: ids unique, exactly one Signature. (Depth, counts, comments, processing
    //    instructions and CDATA were watched while parsing.)
    xmlNode* root = xmlDocGetRootElement(document->get());
    const auto signature = find_signature(root);
    if (!signature) return signature.error();
    // 3. exact children, one text a leaf, known attributes, algorithms byte for byte, position.
    const auto parts = read_signature(*signature, verification.national);
    if (!parts) return parts.error();
    const auto element = signed_element(root, *parts, verification.signed_element);
    if (!element) return element.error();
    // 4. the key: from the registry only.
    const auto keys = candidates(*parts, verification);
    if (!keys) return keys.error();
    // 5. SignatureValue over canonical SignedInfo first …
    const auto signed_info = canonical(parts->signed_info);
    if (!signed_info) return signed_info.error();
    const auto signer = std::ranges::find_if(*keys, [&](const TrustedKey* key) {
        return key->key.verify(parts->scheme, *signed_info, parts->signature_value);
    });
    if (signer == keys->end())
        return Error{ErrorCode::sig_value, "the signature value does not verify"};
    // … then the one digest, over the element without its Signature.
    xmlUnlinkNode(parts->signature);
    const std::unique_ptr<xmlNode, NodeFree> enveloped(parts->signature);
    auto bytes = *element == root ? canonical(document->get()) : canonical(*element);
    if (!bytes) return bytes.error();
    if (!equal_constant_time(digest(parts->digest, *bytes), parts->digest_value)) {
        return Error{ErrorCode::ref_digest, "the content is not what was signed"};
    }
    // 6. the canonical bytes; the caller parses those and reads nothing else.
    return Verified{*std::move(bytes), **signer};
}

Result<std::string> sign_xml(std::string_view document, const XmlSigning& signing) {
    const Digest digest_used =
        signing.scheme.family == Family::ed25519 ? Digest::sha256 : signing.scheme.digest;
    if (!signing.key.public_key().fits(signing.scheme)) {
        return Error{ErrorCode::sig_alg, "the key does not sign in this way"};
    }
    if (uri_of(signing.scheme, signing.national).empty() ||
        uri_of(digest_used, signing.national).empty()) {
        return Error{ErrorCode::sig_alg, "the algorithm has no agreed name in XML"};
    }
    const auto parsed = parse_message(document, {});
    if (!parsed) return parsed.error();
    xmlNode* root = xmlDocGetRootElement(parsed->get());
    if (const auto found = find_signature(root); found.ok())
        return shape("the document is signed already");
    else if (found.error().code != ErrorCode::sig_shape)
        return found.error();
    // The canonical form is what we send: nothing is re-serialised after it was signed.
    auto bytes = canonical(parsed->get());
    if (!bytes) return bytes.error();
    const std::string signed_info =
        signed_info_text(signing, digest_used, digest(digest_used, *bytes));
    std::string out =
        "<ds:Signature xmlns:ds=\"" + std::string(signature_namespace) + "\">" + signed_info +
        text_element("SignatureValue", to_base64(signing.key.sign(signing.scheme, signed_info)));
    if (signing.certificate != nullptr) {
        out += "<ds:KeyInfo><ds:X509Data>" +
               text_element("X509Certificate", to_base64(signing.certificate->to_der())) +
               "</ds:X509Data></ds:KeyInfo>";
    }
    out += "</ds:Signature>";
    // Canonical XML ends in the document element's end tag, and has no empty-element tags.
    bytes->insert(bytes->rfind("</"), out);
    return bytes;
}

}  // namespace recall::crypto
