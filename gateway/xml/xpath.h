#pragma once
// XPath 1.0 on the record tree, compiled once. Plain child steps ("a/b", "../a", "@c", ".") are
// walked directly; everything else is libxml2's. Prefixes known: xsi, dc, atom; one function more
// than XPath has: has-class('x'), a word of the context node's class attribute. Immutable after
// compiling; evaluation by any thread, a Document by one thread at a time.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/xml/document.h"

struct _xmlXPathCompExpr;

namespace recall::xml {

class XPath {
  public:
    // Prefixes and their URIs, besides those known always.
    using Namespaces = std::vector<std::pair<std::string, std::string>>;

    // Fails with usage; the text says what XPath did not accept.
    static Result<XPath> compile(std::string_view expression, const Namespaces& namespaces = {});

    // The nodes (elements, attributes, texts) in document order; none when the expression gives a
    // text, number or boolean, or costs more than its operations limit.
    std::vector<Node> nodes(Node context) const;

    // Whether its value is no node set: a call such as concat(…), a literal, a number, a
    // comparison.
    bool gives_text() const { return gives_text_; }

    // Whether it is names alone, "a/b": it holds wherever such a node stands, whatever it says.
    bool is_plain() const { return is_plain_; }

    // As XPath's string(): of a node set, the first node's text.
    std::string text(Node context) const;

    // As XPath's boolean().
    bool holds(Node context) const;

    const std::string& expression() const { return expression_; }

  private:
    struct Step {
        enum class Kind { self, parent, child, attribute } kind = Kind::child;
        std::string name;
    };

    bool compile_steps(std::string_view expression);
    void walk(Node context, std::size_t step, std::vector<Node>& out) const;

    std::string expression_;
    Namespaces namespaces_;
    bool is_plain_ = false;
    bool gives_text_ = false;
    std::vector<Step> steps_;
    std::shared_ptr<_xmlXPathCompExpr> compiled_;
};

}  // namespace recall::xml
