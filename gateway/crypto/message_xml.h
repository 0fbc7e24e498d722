#pragma once
// Steps 1 and 2 of the order of work, and C14N: foreign bytes into a tree that holds nothing but
// elements, attributes and text. For the .cpp files of this folder only.

#include <libxml/tree.h>

#include <memory>
#include <string>
#include <string_view>

#include "gateway/crypto/xml_signature.h"

namespace recall::crypto {

inline constexpr std::string_view signature_namespace = "http://www.w3.org/2000/09/xmldsig#";

struct XmlDocumentFree {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
using XmlDocumentHandle = std::unique_ptr<xmlDoc, XmlDocumentFree>;

inline std::string_view text_of(const xmlChar* text) {
    return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

inline const xmlChar* xml_chars(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

inline bool is_element(const xmlNode* node) { return node->type == XML_ELEMENT_NODE; }
bool is_blank(const xmlNode* node);
bool is_signature(const xmlNode* node);
// ID, Id and id in no namespace, and xml:id.
bool is_id(const xmlAttr* attribute);
// An attribute's value, when it is one piece of text (always, where no entity was declared).
std::string_view value_of(const xmlAttr* attribute);

// Fails with XML-LIMIT, XML-FORM, XML-DTD or XML-NS.
Result<XmlDocumentHandle> parse_message(std::string_view bytes, const MessageLimits& limits);

// Step 2: ids are unique and there is exactly one Signature element, which is returned.
// Fails with ID-DUP or SIG-SHAPE.
Result<xmlNode*> find_signature(xmlNode* root);

// Exclusive C14N without comments of a whole document. Fails with C14N-FAIL.
Result<std::string> canonical(xmlDoc* document);
// The same of one element and what is below it, in the namespaces that it stands in.
Result<std::string> canonical(xmlNode* element);

}  // namespace recall::crypto
