#include "gateway/crypto/message_xml.h"

#include <libxml/SAX2.h>
#include <libxml/c14n.h>
#include <libxml/parser.h>

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "gateway/base/utf8.h"
#include "gateway/xml/tag_watch.h"

namespace recall::crypto {
namespace {

struct ParserFree {
    void operator()(xmlParserCtxt* parser) const { xmlFreeParserCtxt(parser); }
};

// What the parser met that the profile forbids, and what was counted on the way.
struct Watch {
    const MessageLimits& limits;
    std::size_t depth = 0;
    std::size_t nodes = 0;
    std::size_t attributes = 0;
    bool doctype = false;
    bool over_limit = false;
    const char* forbidden = nullptr;
};

xmlParserCtxt* parser_of(void* context) { return static_cast<xmlParserCtxt*>(context); }
Watch& watch_of(void* context) { return *static_cast<Watch*>(parser_of(context)->_private); }

void on_doctype(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
    watch_of(context).doctype = true;
    xmlStopParser(parser_of(context));
}

void on_comment(void* context, const xmlChar*) { watch_of(context).forbidden = "a comment"; }

void on_instruction(void* context, const xmlChar*, const xmlChar*) {
    watch_of(context).forbidden = "a processing instruction";
}

void on_cdata(void* context, const xmlChar*, int) {
    watch_of(context).forbidden = "a CDATA section";
}

void on_start(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri,
              int namespaces, const xmlChar** namespace_table, int attributes, int defaulted,
              const xmlChar** attribute_table) {
    Watch& watch = watch_of(context);
    ++watch.nodes;
    watch.attributes += static_cast<std::size_t>(attributes) + static_cast<std::size_t>(namespaces);
    if (++watch.depth > watch.limits.depth_max || watch.nodes > watch.limits.nodes_max ||
        watch.attributes > watch.limits.attributes_max) {
        watch.over_limit = true;
        xmlStopParser(parser_of(context));
        return;
    }
    xmlSAX2StartElementNs(context, name, prefix, uri, namespaces, namespace_table, attributes,
                          defaulted, attribute_table);
}

void on_end(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri) {
    --watch_of(context).depth;
    xmlSAX2EndElementNs(context, name, prefix, uri);
}

void set_watch(xmlParserCtxt* parser, Watch& watch) {
    parser->_private = &watch;
    parser->sax->internalSubset = on_doctype;
    parser->sax->comment = on_comment;
    parser->sax->processingInstruction = on_instruction;
    parser->sax->cdataBlock = on_cdata;
    parser->sax->startElementNs = on_start;
    parser->sax->endElementNs = on_end;
}

// What libxml2 itself bounds: nesting of 256 and texts of 10 MB.
bool is_limit(const xmlError* error) {
    if (error == nullptr || error->message == nullptr) return false;
    const std::string_view text = error->message;
    return text.find("xcessive depth") != std::string_view::npos ||
           text.find("huge") != std::string_view::npos ||
           text.find("HUGE") != std::string_view::npos;
}

Error form_error(const xmlError* error) {
    if (is_limit(error)) return {ErrorCode::xml_limit, "a text or nesting is over its limit"};
    if (error == nullptr || error->message == nullptr)
        return {ErrorCode::xml_form, "not well formed"};
    std::string text = error->message;
    std::ranges::replace(text, '\n', ' ');
    while (text.ends_with(' '))
        text.pop_back();
    return {ErrorCode::xml_form, "line " + std::to_string(error->line) + ": " + text};
}

bool names_utf8(std::string_view encoding) {
    constexpr std::string_view wanted = "UTF-8";
    return std::ranges::equal(encoding, wanted, [](char a, char b) {
        return (a >= 'a' && a <= 'z' ? a - 'a' + 'A' : a) == b;
    });
}

int append_to(void* out, const char* bytes, int length) {
    static_cast<std::string*>(out)->append(bytes, static_cast<std::size_t>(length));
    return length;
}

int close_nothing(void*) { return 0; }

// Says nothing on standard error: C14N reports to the thread's handler.
void discard_error(void*, xmlErrorPtr) {}

}  // namespace

bool is_blank(const xmlNode* node) {
    return node->type == XML_TEXT_NODE &&
           text_of(node->content).find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool is_signature(const xmlNode* node) {
    return is_element(node) && text_of(node->name) == "Signature" && node->ns != nullptr &&
           text_of(node->ns->href) == signature_namespace;
}

bool is_id(const xmlAttr* attribute) {
    const std::string_view name = text_of(attribute->name);
    if (attribute->ns != nullptr) {
        return name == "id" && text_of(attribute->ns->href) == text_of(XML_XML_NAMESPACE);
    }
    return name == "ID" || name == "Id" || name == "id";
}

std::string_view value_of(const xmlAttr* attribute) {
    const xmlNode* text = attribute->children;
    return text == nullptr ? std::string_view() : text_of(text->content);
}

Result<XmlDocumentHandle> parse_message(std::string_view bytes, const MessageLimits& limits) {
    if (bytes.size() > limits.bytes_max) {
        return Error{ErrorCode::xml_limit, std::to_string(bytes.size()) + " bytes, at most " +
                                               std::to_string(limits.bytes_max) + " are read"};
    }
    if (bytes.find('\0') != std::string_view::npos) {
        return Error{ErrorCode::xml_form, "a NUL byte at " + std::to_string(bytes.find('\0'))};
    }
    if (bytes.empty()) return Error{ErrorCode::xml_form, "the message is empty"};
    // libxml2 would read over it, though it is no part of what was signed.
    if (bytes.starts_with(utf8_byte_order_mark)) {
        return Error{ErrorCode::xml_form, "a byte order mark stands before the message"};
    }
    if (!is_utf8(bytes)) return Error{ErrorCode::xml_form, "the bytes are not UTF-8"};
    if (!xml::TagWatch(limits.element_attributes_max).admits(bytes)) {
        return Error{ErrorCode::xml_limit, "an element with more than " +
                                               std::to_string(limits.element_attributes_max) +
                                               " attributes"};
    }
    const std::unique_ptr<xmlParserCtxt, ParserFree> parser(xmlNewParserCtxt());
    Watch watch{limits};
    set_watch(parser.get(), watch);
    XmlDocumentHandle document(xmlCtxtReadMemory(
        parser.get(), bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr,
        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT));
    if (watch.doctype) return Error{ErrorCode::xml_dtd, "the message carries a DOCTYPE"};
    if (watch.over_limit) {
        return Error{ErrorCode::xml_limit,
                     "too many elements or attributes, or nested deeper than " +
                         std::to_string(limits.depth_max)};
    }
    const xmlError* error = xmlCtxtGetLastError(parser.get());
    if (document == nullptr || parser->wellFormed == 0 ||
        xmlDocGetRootElement(document.get()) == nullptr) {
        return form_error(error);
    }
    if (parser->nsWellFormed == 0) return Error{ErrorCode::xml_ns, form_error(error).text};
    if (text_of(document->version) != "1.0") return Error{ErrorCode::xml_form, "not XML 1.0"};
    if (document->encoding != nullptr && !names_utf8(text_of(document->encoding))) {
        return Error{ErrorCode::xml_form, "the declared encoding is not UTF-8"};
    }
    if (watch.forbidden != nullptr) {
        return Error{ErrorCode::xml_form, std::string("the message holds ") + watch.forbidden};
    }
    return document;
}

Result<xmlNode*> find_signature(xmlNode* root) {
    std::unordered_set<std::string_view> ids;
    xmlNode* signature = nullptr;
    std::size_t signatures = 0;
    for (xmlNode* node = root; node != nullptr;) {
        if (is_element(node)) {
            for (const xmlAttr* attribute = node->properties; attribute != nullptr;
                 attribute = attribute->next) {
                if (is_id(attribute) && !ids.insert(value_of(attribute)).second) {
                    return Error{ErrorCode::id_dup,
                                 "the id " + std::string(value_of(attribute)) + " twice"};
                }
            }
            if (is_signature(node) && ++signatures == 1) signature = node;
        } else if (node->type != XML_TEXT_NODE) {
            return Error{ErrorCode::xml_form, "a node that is neither element nor text"};
        }
        if (is_element(node) && node->children != nullptr) {
            node = node->children;
            continue;
        }
        while (node != root && node->next == nullptr)
            node = node->parent;
        node = node == root ? nullptr : node->next;
    }
    if (signatures == 1) return signature;
    return Error{ErrorCode::sig_shape,
                 signatures == 0 ? "there is no Signature" : "there is more than one Signature"};
}

Result<std::string> canonical(xmlDoc* document) {
    std::string out;
    xmlOutputBuffer* buffer = xmlOutputBufferCreateIO(append_to, close_nothing, &out, nullptr);
    if (buffer == nullptr) return Error{ErrorCode::c14n_fail, "no memory"};
    xmlSetStructuredErrorFunc(nullptr, discard_error);
    const int done =
        xmlC14NExecute(document, nullptr, nullptr, XML_C14N_EXCLUSIVE_1_0, nullptr, 0, buffer);
    const int closed = xmlOutputBufferClose(buffer);
    xmlSetStructuredErrorFunc(nullptr, nullptr);
    if (done < 0 || closed < 0 || out.empty()) {
        return Error{ErrorCode::c14n_fail, "exclusive C14N failed"};
    }
    return out;
}

Result<std::string> canonical(xmlNode* element) {
    // A copy takes the declarations of the namespaces it uses with it, which is all that exclusive
    // C14N may see; walking the whole document for a few nodes would cost the most of a
    // verification.
    const XmlDocumentHandle alone(xmlNewDoc(xml_chars("1.0")));
    xmlNode* copy = xmlDocCopyNode(element, alone.get(), 1);
    if (copy == nullptr) return Error{ErrorCode::c14n_fail, "no memory"};
    xmlDocSetRootElement(alone.get(), copy);
    return canonical(alone.get());
}

}  // namespace recall::crypto
