#include "gateway/crypto/signature_shape.h"

#include <algorithm>
#include <initializer_list>

namespace recall::crypto {
namespace {

enum class IdAttribute { refused, allowed };

Error shape(std::string text) { return {ErrorCode::sig_shape, std::move(text)}; }

std::string label(const xmlNode* node) { return "ds:" + std::string(text_of(node->name)); }

bool is_named(const xmlNode* node, std::string_view name) {
    return is_element(node) && text_of(node->name) == name && node->ns != nullptr &&
           text_of(node->ns->href) == signature_namespace;
}

// The child elements, when nothing but white space stands between them.
Result<std::vector<xmlNode*>> children_of(xmlNode* parent) {
    std::vector<xmlNode*> children;
    for (xmlNode* node = parent->children; node != nullptr; node = node->next) {
        if (is_element(node)) {
            children.push_back(node);
        } else if (!is_blank(node)) {
            return shape(label(parent) + " holds text");
        }
    }
    return children;
}

// Exactly these children, in this order.
Result<std::vector<xmlNode*>> exact_children(xmlNode* parent,
                                             std::initializer_list<std::string_view> names) {
    auto children = children_of(parent);
    if (!children) return children.error();
    const bool same = std::ranges::equal(*children, names, is_named);
    if (!same) return shape(label(parent) + " has other children than the profile's");
    return children;
}

Result<void> check_attributes(const xmlNode* node, std::initializer_list<std::string_view> names,
                              IdAttribute id = IdAttribute::refused) {
    std::size_t found = 0;
    for (const xmlAttr* attribute = node->properties; attribute != nullptr;
         attribute = attribute->next) {
        const std::string_view name = text_of(attribute->name);
        if (attribute->ns == nullptr && id == IdAttribute::allowed && name == "Id") continue;
        const bool known =
            attribute->ns == nullptr && std::ranges::find(names, name) != names.end();
        if (!known) return shape(label(node) + " has the attribute " + std::string(name));
        ++found;
    }
    if (found != names.size()) return shape(label(node) + " lacks an attribute");
    return {};
}

std::string_view attribute_of(const xmlNode* node, std::string_view wanted) {
    for (const xmlAttr* attribute = node->properties; attribute != nullptr;
         attribute = attribute->next) {
        if (attribute->ns == nullptr && text_of(attribute->name) == wanted)
            return value_of(attribute);
    }
    return {};
}

// An element that says an algorithm and nothing else.
Result<std::string_view> algorithm_of(xmlNode* node) {
    if (node->children != nullptr) return shape(label(node) + " is not empty");
    if (const auto attributes = check_attributes(node, {"Algorithm"}); !attributes) {
        return attributes.error();
    }
    return attribute_of(node, "Algorithm");
}

// A leaf with exactly one text node.
Result<std::string> base64_of(xmlNode* node, IdAttribute id) {
    if (const auto attributes = check_attributes(node, {}, id); !attributes)
        return attributes.error();
    const xmlNode* text = node->children;
    if (text == nullptr || text->next != nullptr || text->type != XML_TEXT_NODE) {
        return shape(label(node) + " is not one text");
    }
    auto bytes = from_xml_base64(text_of(text->content));
    if (!bytes) return shape(label(node) + " is not base64");
    return *std::move(bytes);
}

Result<void> read_transforms(xmlNode* transforms) {
    if (const auto attributes = check_attributes(transforms, {}); !attributes) return attributes;
    const auto children = exact_children(transforms, {"Transform", "Transform"});
    if (!children) return children.error();
    const auto first = algorithm_of((*children)[0]);
    if (!first) return first.error();
    const auto second = algorithm_of((*children)[1]);
    if (!second) return second.error();
    if (*first != enveloped_signature || *second != exclusive_c14n) {
        return {ErrorCode::sig_alg, "the transforms are not enveloped-signature, then exc-c14n"};
    }
    return {};
}

Result<void> read_reference(xmlNode* reference, SignatureParts& parts,
                            const NationalAlgorithms& national) {
    if (const auto attributes = check_attributes(reference, {"URI"}, IdAttribute::allowed);
        !attributes) {
        return attributes;
    }
    parts.reference_uri = attribute_of(reference, "URI");
    const auto children = exact_children(reference, {"Transforms", "DigestMethod", "DigestValue"});
    if (!children) return children.error();
    if (const auto transforms = read_transforms((*children)[0]); !transforms) return transforms;
    const auto method = algorithm_of((*children)[1]);
    if (!method) return method.error();
    const auto digest = digest_of_uri(*method, national);
    if (!digest) return {ErrorCode::sig_alg, "the digest method is not in the profile"};
    parts.digest = *digest;
    auto value = base64_of((*children)[2], IdAttribute::refused);
    if (!value) return value.error();
    parts.digest_value = *std::move(value);
    return {};
}

Result<void> read_signed_info(xmlNode* signed_info, SignatureParts& parts,
                              const NationalAlgorithms& national) {
    if (const auto attributes = check_attributes(signed_info, {}, IdAttribute::allowed);
        !attributes) {
        return attributes;
    }
    const auto children =
        exact_children(signed_info, {"CanonicalizationMethod", "SignatureMethod", "Reference"});
    if (!children) return children.error();
    const auto c14n = algorithm_of((*children)[0]);
    if (!c14n) return c14n.error();
    if (*c14n != exclusive_c14n) return {ErrorCode::sig_alg, "the C14N method is not exc-c14n"};
    const auto method = algorithm_of((*children)[1]);
    if (!method) return method.error();
    const auto scheme = scheme_of_uri(*method, national);
    if (!scheme) return {ErrorCode::sig_alg, "the signature method is not in the profile"};
    parts.scheme = *scheme;
    return read_reference((*children)[2], parts, national);
}

std::string leaf_text(const xmlNode* node) {
    const xmlNode* text = node->children;
    const bool one = text != nullptr && text->next == nullptr && text->type == XML_TEXT_NODE;
    return one ? std::string(text_of(text->content)) : std::string();
}

Result<void> read_x509_data(xmlNode* data, KeyHints& hints) {
    const auto children = children_of(data);
    if (!children) return children.error();
    for (xmlNode* child : *children) {
        if (is_named(child, "X509Certificate")) {
            auto der = from_xml_base64(leaf_text(child));
            if (!der) return shape("ds:X509Certificate is not base64");
            hints.certificates.push_back(*std::move(der));
        } else if (!is_named(child, "X509SubjectName") && !is_named(child, "X509IssuerSerial") &&
                   !is_named(child, "X509SKI")) {
            // Those three name a certificate without carrying a key: nothing to take from them.
            return shape("ds:X509Data holds " + std::string(text_of(child->name)));
        }
    }
    return {};
}

constexpr std::string_view p256_name = "urn:oid:1.2.840.10045.3.1.7";
constexpr std::string_view p384_name = "urn:oid:1.3.132.0.34";

const xmlNode* descendant(const xmlNode* node, std::string_view name) {
    for (const xmlNode* child = node->children; child != nullptr; child = child->next) {
        if (is_element(child) && text_of(child->name) == name) return child;
    }
    return nullptr;
}

// A KeyValue as the JWK of the same numbers, so that one reader judges both.
Result<void> read_key_value(xmlNode* value, KeyHints& hints) {
    JsonValue jwk;
    jwk.type = JsonValue::Type::object;
    const auto put = [&](const char* name, std::string text) {
        jwk.members.push_back(
            {std::string(name), JsonValue{JsonValue::Type::string, std::move(text), {}, {}}});
    };
    const auto number = [&](const xmlNode* node) {
        std::string bytes = node == nullptr ? "" : from_xml_base64(leaf_text(node)).value_or("");
        bytes.erase(0, std::min(bytes.find_first_not_of('\0'), bytes.size()));
        return to_base64url(bytes);
    };
    if (const xmlNode* rsa = descendant(value, "RSAKeyValue")) {
        put("kty", "RSA");
        put("n", number(descendant(rsa, "Modulus")));
        put("e", number(descendant(rsa, "Exponent")));
    } else if (const xmlNode* curve = descendant(value, "ECKeyValue")) {
        const xmlNode* named = descendant(curve, "NamedCurve");
        const xmlNode* point = descendant(curve, "PublicKey");
        const std::string_view uri = named == nullptr ? "" : attribute_of(named, "URI");
        const std::string bytes =
            point == nullptr ? "" : from_xml_base64(leaf_text(point)).value_or("");
        const std::size_t half = uri == p384_name ? 48 : 32;
        if ((uri != p256_name && uri != p384_name) || bytes.size() != 2 * half + 1 ||
            bytes[0] != 4) {
            return {ErrorCode::sig_key, "the KeyValue in KeyInfo is no key of ours"};
        }
        put("kty", "EC");
        put("crv", uri == p384_name ? "P-384" : "P-256");
        put("x", to_base64url(bytes.substr(1, half)));
        put("y", to_base64url(bytes.substr(1 + half)));
    }
    auto key = PublicKey::from_jwk(jwk);
    if (!key) return {ErrorCode::sig_key, "the KeyValue in KeyInfo is no key of ours"};
    hints.keys.push_back(*std::move(key));
    return {};
}

bool certificates_agree(const TrustedKey& key, const std::vector<std::string>& ders) {
    // The common case costs no parsing: the one certificate that was registered.
    if (key.certificate && ders.size() == 1 && ders.front() == key.certificate->to_der())
        return true;
    std::vector<Certificate> chain;
    for (const std::string& der : ders) {
        auto certificate = Certificate::from_der(der);
        if (!certificate) return false;
        chain.push_back(*std::move(certificate));
    }
    // A chain may be sent along: what is not the issuer of another one must carry the trusted key.
    const auto carries = [&](const Certificate& one) { return one.public_key() == key.key; };
    const auto issues = [&](const Certificate& one) {
        return std::ranges::any_of(chain, [&](const Certificate& other) {
            return !(other.public_key() == one.public_key()) && one.issued(other);
        });
    };
    return std::ranges::any_of(chain, carries) &&
           std::ranges::all_of(chain,
                               [&](const Certificate& one) { return carries(one) || issues(one); });
}

}  // namespace

std::optional<std::string> from_xml_base64(std::string_view text) {
    std::string dense;
    dense.reserve(text.size());
    std::ranges::copy_if(text, std::back_inserter(dense),
                         [](char c) { return c != ' ' && c != '\t' && c != '\r' && c != '\n'; });
    return dense.empty() ? std::nullopt : from_base64(dense);
}

Result<SignatureParts> read_signature(xmlNode* signature, const NationalAlgorithms& national) {
    SignatureParts parts;
    parts.signature = signature;
    if (const auto attributes = check_attributes(signature, {}, IdAttribute::allowed);
        !attributes) {
        return attributes.error();
    }
    const auto children = children_of(signature);
    if (!children) return children.error();
    const bool with_key_info = children->size() == 3 && is_named((*children)[2], "KeyInfo");
    if ((children->size() != 2 && !with_key_info) || !is_named((*children)[0], "SignedInfo") ||
        !is_named((*children)[1], "SignatureValue")) {
        return shape("ds:Signature has other children than SignedInfo, SignatureValue and KeyInfo");
    }
    parts.signed_info = (*children)[0];
    if (with_key_info) parts.key_info = (*children)[2];
    if (const auto info = read_signed_info(parts.signed_info, parts, national); !info) {
        return info.error();
    }
    auto value = base64_of((*children)[1], IdAttribute::allowed);
    if (!value) return value.error();
    parts.signature_value = *std::move(value);
    return parts;
}

Result<KeyHints> read_key_info(xmlNode* key_info) {
    KeyHints hints;
    if (key_info == nullptr) return hints;
    if (const auto attributes = check_attributes(key_info, {}, IdAttribute::allowed); !attributes) {
        return attributes.error();
    }
    const auto children = children_of(key_info);
    if (!children) return children.error();
    for (xmlNode* child : *children) {
        Result<void> read;
        if (is_named(child, "KeyName")) {
            hints.names.push_back(leaf_text(child));
        } else if (is_named(child, "X509Data")) {
            read = read_x509_data(child, hints);
        } else if (is_named(child, "KeyValue")) {
            read = read_key_value(child, hints);
        } else {
            read = shape("ds:KeyInfo holds " + std::string(text_of(child->name)));
        }
        if (!read) return read.error();
    }
    return hints;
}

bool agrees(const TrustedKey& key, const KeyHints& hints) {
    const auto same_name = [&](const std::string& name) { return name == *key.kid; };
    if (key.kid && !std::ranges::all_of(hints.names, same_name)) return false;
    const auto same_key = [&](const PublicKey& other) { return other == key.key; };
    if (!std::ranges::all_of(hints.keys, same_key)) return false;
    return hints.certificates.empty() || certificates_agree(key, hints.certificates);
}

}  // namespace recall::crypto
