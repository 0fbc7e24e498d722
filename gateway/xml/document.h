#pragma once
// The record tree: one form for every wire format, an element tree held by libxml2. A Document owns
// its nodes; a Node is a handle that is valid as long as its Document. Parsing is bounded by Limits
// and refuses any DOCTYPE. A Document may be used by one thread at a time.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/base/result.h"

struct _xmlNode;
struct _xmlDoc;

namespace recall::xml {

// What a document may cost. Each bound that is passed gives ErrorCode::limit.
struct Limits {
    std::size_t bytes_max = 64U << 20U;
    std::size_t depth_max = 100;
    std::size_t nodes_max = 1'000'000;
    std::size_t text_bytes_max = 8U << 20U;  // of one text node or attribute value
};

// Of one element, in every document. libxml2 compares each with each.
inline constexpr std::size_t attributes_max = 256;

// What is known of a node beyond the tree itself.
enum class Mark : unsigned {
    read = 1,       // a mapping took its value
    ignored = 2,    // a mapping ignores it by name, with a reason
    number = 4,     // it was a JSON number
    boolean = 8,    // it was JSON true or false
    null = 16,      // it was JSON null
    expanded = 32,  // its text was HTML, and is now the nodes below it
};

class Node {
  public:
    Node() = default;
    explicit Node(_xmlNode* node) : node_(node) {}
    explicit operator bool() const { return node_ != nullptr; }
    bool operator==(const Node&) const = default;

    bool is_element() const;
    bool is_attribute() const;
    std::string_view name() const;           // local name
    std::string_view namespace_uri() const;  // empty when in none
    long line() const;                       // in the source, 0 when made by us

    // The text of all descendants, joined. For an attribute, its value.
    std::string text() const;
    // The same without a copy, when there is at most one text node below; else nothing.
    std::optional<std::string_view> single_text() const;

    Node parent() const;
    Node first_child() const;                 // first child element
    Node next_sibling() const;                // next element beside this one
    Node child(std::string_view name) const;  // first child element of that local name
    bool is_leaf() const { return !first_child(); }
    std::optional<std::string> attribute(std::string_view local_name) const;
    std::vector<std::string> attribute_names() const;  // local names, in order
    // Prefix and URI of each namespace declared at this element.
    std::vector<std::pair<std::string, std::string>> namespaces() const;
    // Names from the root's child down to this node: "Products/Name"; the root itself is "".
    std::string path() const;

    void mark(Mark mark) const;
    bool marked(Mark mark) const;

    // Building. Names must be XML names (see xml_name); text must be UTF-8 without NUL.
    Node append(std::string_view name) const;
    Node append(std::string_view name, std::string_view text) const;
    void append_text(std::string_view text) const;
    void set_attribute(std::string_view name, std::string_view value) const;
    // Takes the node out of its document and frees it; handles to it become invalid.
    void remove() const;

    _xmlNode* raw() const { return node_; }  // for xml/ and crypto/ only

  private:
    _xmlNode* node_ = nullptr;
};

class Document {
  public:
    // A new document with an empty root element.
    static Document create(std::string_view root_name);
    // Takes ownership of a libxml2 document; for xml/ and crypto/ only.
    explicit Document(_xmlDoc* doc) : doc_(doc) {}

    Node root() const;
    _xmlDoc* raw() const { return doc_.get(); }

  private:
    struct Free {
        void operator()(_xmlDoc* doc) const;
    };
    std::unique_ptr<_xmlDoc, Free> doc_;
};

// XML 1.0 in the encoding it declares (CDATA becomes text). Fails with doctype, bad_xml,
// bad_encoding or limit; the text names line and reason.
Result<Document> parse(std::string_view bytes, const Limits& limits = {});

// HTML as it comes, in the encoding given: "UTF-8", "EUC-JP", …: what the caller knows, never
// guessed; or "declared": what the page's own <meta> says, UTF-8 when it says nothing. Fails with
// bad_html, bad_encoding or limit. Names are lower case, in no namespace.
inline constexpr std::string_view declared_encoding = "declared";
Result<Document> parse_html(std::string_view bytes, std::string_view encoding,
                            const Limits& limits = {});

// A name that XML allows: other characters become '_' ("Last updated" → "Last_updated").
std::string xml_name(std::string_view text);

// Compact XML text of a node and what is below it, without declaration.
std::string to_text(Node node);

}  // namespace recall::xml
