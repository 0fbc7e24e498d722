#include "gateway/xml/document.h"

#include "gateway/xml/encoding.h"
#include "gateway/xml/tag_watch.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <vector>

#include "gateway/base/utf8.h"

namespace recall::xml {
namespace {

const xmlChar* chars(const char* text) { return reinterpret_cast<const xmlChar*>(text); }
std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

bool holds_text(const xmlNode* node) {
    return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

xmlNode* element_from(xmlNode* node) {
    while (node != nullptr && node->type != XML_ELEMENT_NODE)
        node = node->next;
    return node;
}

void collect_text(const xmlNode* node, std::string& out) {
    for (const xmlNode* child = node->children; child != nullptr; child = child->next) {
        if (holds_text(child)) {
            out += view(child->content);
        } else if (child->type == XML_ELEMENT_NODE) {
            collect_text(child, out);
        }
    }
}

struct ContextFree {
    void operator()(xmlParserCtxt* context) const { xmlFreeParserCtxt(context); }
};
struct HtmlContextFree {
    void operator()(htmlParserCtxt* context) const { htmlFreeParserCtxt(context); }
};

// Called on <!DOCTYPE …: nothing of it is read.
void stop_at_doctype(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
    auto* parser = static_cast<xmlParserCtxt*>(context);
    parser->hasExternalSubset = 1;
    xmlStopParser(parser);
}

std::string reason(const xmlError* error) {
    if (error == nullptr || error->message == nullptr) return "no reason given";
    std::string text = error->message;
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
        text.pop_back();
    return "line " + std::to_string(error->line) + ": " + text;
}

// The tree against depth, node and text limits; iterative, since the tree is foreign.
Result<void> check_limits(const xmlDoc* doc, const Limits& limits) {
    std::size_t nodes = 0;
    std::size_t depth = 1;
    const xmlNode* node = doc->children;
    while (node != nullptr) {
        if (++nodes > limits.nodes_max) {
            return {ErrorCode::limit, "more than " + std::to_string(limits.nodes_max) + " nodes"};
        }
        if (holds_text(node) && view(node->content).size() > limits.text_bytes_max) {
            return {ErrorCode::limit,
                    "a text over " + std::to_string(limits.text_bytes_max) + " bytes"};
        }
        if (node->type == XML_ELEMENT_NODE && node->children != nullptr) {
            if (++depth > limits.depth_max) {
                return {ErrorCode::limit, "nested deeper than " + std::to_string(limits.depth_max)};
            }
            node = node->children;
            continue;
        }
        while (node != nullptr && node->next == nullptr) {
            node = node->parent;
            if (node == nullptr || node->type != XML_ELEMENT_NODE) return {};
            --depth;
        }
        if (node != nullptr) node = node->next;
    }
    return {};
}

ErrorCode code_of(const xmlError* error) {
    if (error == nullptr) return ErrorCode::bad_xml;
    switch (error->code) {
        case XML_ERR_INVALID_ENCODING:
        case XML_ERR_UNSUPPORTED_ENCODING:
        case XML_ERR_INVALID_CHAR:
            return ErrorCode::bad_encoding;
        default:
            break;
    }
    const std::string_view text = error->message == nullptr ? "" : error->message;
    const bool over = text.find("Excessive depth") != std::string_view::npos ||
                      text.find("huge") != std::string_view::npos ||
                      text.find("HUGE") != std::string_view::npos;
    return over ? ErrorCode::limit : ErrorCode::bad_xml;
}

Result<void> check_size(std::string_view bytes, const Limits& limits) {
    if (bytes.size() <= limits.bytes_max) return {};
    return {ErrorCode::limit, "the document has " + std::to_string(bytes.size()) +
                                  " bytes, at most " + std::to_string(limits.bytes_max) +
                                  " are read"};
}

}  // namespace

bool Node::is_element() const { return node_ != nullptr && node_->type == XML_ELEMENT_NODE; }
bool Node::is_attribute() const { return node_ != nullptr && node_->type == XML_ATTRIBUTE_NODE; }
std::string_view Node::name() const { return view(node_->name); }
std::string_view Node::namespace_uri() const {
    return node_->ns == nullptr ? std::string_view() : view(node_->ns->href);
}
long Node::line() const { return xmlGetLineNo(node_); }

std::string Node::text() const {
    std::string out;
    if (holds_text(node_)) return std::string(view(node_->content));
    collect_text(node_, out);
    return out;
}

std::optional<std::string_view> Node::single_text() const {
    const xmlNode* child = node_->children;
    if (child == nullptr) return std::string_view();
    if (holds_text(child) && child->next == nullptr) return view(child->content);
    return std::nullopt;
}

Node Node::parent() const {
    xmlNode* parent = node_->parent;
    return Node(parent != nullptr && parent->type == XML_ELEMENT_NODE ? parent : nullptr);
}
Node Node::first_child() const {
    return Node(node_->type == XML_ELEMENT_NODE ? element_from(node_->children) : nullptr);
}
Node Node::next_sibling() const { return Node(element_from(node_->next)); }

Node Node::child(std::string_view name) const {
    for (Node child = first_child(); child; child = child.next_sibling()) {
        if (child.name() == name) return child;
    }
    return {};
}

std::optional<std::string> Node::attribute(std::string_view local_name) const {
    for (const xmlAttr* attribute = node_->properties; attribute != nullptr;
         attribute = attribute->next) {
        if (view(attribute->name) != local_name) continue;
        std::string out;
        collect_text(reinterpret_cast<const xmlNode*>(attribute), out);
        return out;
    }
    return std::nullopt;
}

std::vector<std::string> Node::attribute_names() const {
    std::vector<std::string> out;
    for (const xmlAttr* attribute = node_->properties; attribute != nullptr;
         attribute = attribute->next) {
        out.emplace_back(view(attribute->name));
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> Node::namespaces() const {
    std::vector<std::pair<std::string, std::string>> out;
    if (!is_element()) return out;
    for (const xmlNs* space = node_->nsDef; space != nullptr; space = space->next) {
        if (space->prefix == nullptr || space->href == nullptr) continue;
        out.emplace_back(reinterpret_cast<const char*>(space->prefix),
                         reinterpret_cast<const char*>(space->href));
    }
    return out;
}

std::string Node::path() const {
    std::string out;
    for (Node node = *this; node && node.parent(); node = node.parent()) {
        std::string step(node.name());
        if (node.is_attribute()) step.insert(0, "@");
        if (!out.empty()) step += '/';
        out.insert(0, step);
    }
    return out;
}

void Node::mark(Mark mark) const {
    const auto bits = reinterpret_cast<std::uintptr_t>(node_->_private);
    // libxml2 leaves this pointer to its users; we keep bits in it, never an address.
    // NOLINTNEXTLINE(performance-no-int-to-ptr)
    node_->_private = reinterpret_cast<void*>(bits | static_cast<unsigned>(mark));
}

bool Node::marked(Mark mark) const {
    return (reinterpret_cast<std::uintptr_t>(node_->_private) & static_cast<unsigned>(mark)) != 0;
}

Node Node::append(std::string_view name) const {
    xmlNode* child = xmlNewDocNode(node_->doc, nullptr, chars(std::string(name).c_str()), nullptr);
    xmlAddChild(node_, child);
    return Node(child);
}

Node Node::append(std::string_view name, std::string_view text) const {
    const Node child = append(name);
    child.append_text(text);
    return child;
}

void Node::append_text(std::string_view text) const {
    if (text.empty()) return;
    xmlAddChild(node_,
                xmlNewDocTextLen(node_->doc, chars(text.data()), static_cast<int>(text.size())));
}

void Node::set_attribute(std::string_view name, std::string_view value) const {
    xmlSetProp(node_, chars(std::string(name).c_str()), chars(std::string(value).c_str()));
}

void Node::remove() const {
    xmlUnlinkNode(node_);
    xmlFreeNode(node_);
}

void Document::Free::operator()(_xmlDoc* doc) const { xmlFreeDoc(doc); }

Document Document::create(std::string_view root_name) {
    Document document(xmlNewDoc(chars("1.0")));
    xmlNode* root =
        xmlNewDocNode(document.raw(), nullptr, chars(std::string(root_name).c_str()), nullptr);
    xmlDocSetRootElement(document.raw(), root);
    return document;
}

Node Document::root() const { return Node(xmlDocGetRootElement(doc_.get())); }

Result<Document> parse(std::string_view bytes, const Limits& limits) {
    if (const auto size = check_size(bytes, limits); !size) return size.error();
    if (bytes.empty()) return Error{ErrorCode::bad_xml, "the document is empty"};
    if (bytes.find('\0') != std::string_view::npos) {
        return Error{ErrorCode::bad_encoding, "the document holds a NUL byte"};
    }
    if (const auto known = check_encoding(bytes); !known) return known.error();
    if (!TagWatch(attributes_max).admits(bytes)) return crowded_element();
    const std::unique_ptr<xmlParserCtxt, ContextFree> context(xmlNewParserCtxt());
    context->sax->internalSubset = stop_at_doctype;
    Document document(xmlCtxtReadMemory(context.get(), bytes.data(), static_cast<int>(bytes.size()),
                                        nullptr, nullptr,
                                        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                            XML_PARSE_NOCDATA | XML_PARSE_COMPACT));
    if (context->hasExternalSubset == 1) {
        return Error{ErrorCode::doctype, "the document carries a DOCTYPE, which is refused"};
    }
    if (document.raw() == nullptr || context->wellFormed == 0 || !document.root()) {
        const xmlError* error = xmlCtxtGetLastError(context.get());
        return Error{code_of(error), reason(error)};
    }
    if (const auto within = check_limits(document.raw(), limits); !within) return within.error();
    return document;
}

Result<Document> parse_html(std::string_view bytes, std::string_view stated_encoding,
                            const Limits& limits) {
    const std::string encoding = stated_encoding == declared_encoding
                                     ? encoding_of_page(bytes)
                                     : std::string(stated_encoding);
    if (const auto size = check_size(bytes, limits); !size) return size.error();
    if (bytes.find('\0') != std::string_view::npos) {
        return Error{ErrorCode::bad_html, "the page holds a NUL byte"};
    }
    if ((encoding == "UTF-8" || encoding == "utf-8") && !is_utf8(bytes)) {
        return Error{ErrorCode::bad_encoding, "the page is not valid UTF-8"};
    }
    const std::unique_ptr<htmlParserCtxt, HtmlContextFree> context(htmlNewParserCtxt());
    Document document(htmlCtxtReadMemory(
        context.get(), bytes.data(), static_cast<int>(bytes.size()), nullptr, encoding.c_str(),
        HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING));
    if (document.raw() == nullptr || !document.root()) {
        return Error{ErrorCode::bad_html, "the page has no element"};
    }
    const xmlError* error = xmlCtxtGetLastError(context.get());
    if (error != nullptr && error->level == XML_ERR_FATAL) {
        const ErrorCode code = code_of(error);
        return Error{code == ErrorCode::bad_xml ? ErrorCode::bad_html : code, reason(error)};
    }
    if (const auto within = check_limits(document.raw(), limits); !within) return within.error();
    return document;
}

std::string xml_name(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool letter =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || byte >= 0x80;
        const bool later = (c >= '0' && c <= '9') || c == '-' || c == '.';
        if (out.empty() && later) out += '_';
        out += letter || later ? c : '_';
    }
    return out.empty() ? "_" : out;
}

std::string to_text(Node node) {
    const std::unique_ptr<xmlBuffer, void (*)(xmlBuffer*)> buffer(xmlBufferCreate(), xmlBufferFree);
    xmlNodeDump(buffer.get(), node.raw()->doc, node.raw(), 0, 0);
    return std::string(view(xmlBufferContent(buffer.get())));
}

}  // namespace recall::xml
