#include "gateway/xml/leaves.h"

#include <libxml/tree.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace recall::xml {
namespace {

bool is_text(const xmlNode* node) {
    return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

std::string_view content(const xmlNode* node) {
    return node->content == nullptr ? std::string_view()
                                    : reinterpret_cast<const char*>(node->content);
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool is_done(Node node) { return node.marked(Mark::read) || node.marked(Mark::ignored); }

constexpr std::array<std::string_view, 20> blocks = {
    "p",  "div", "li", "ul", "ol", "tr", "table",   "h1",      "h2",         "h3",
    "h4", "h5",  "h6", "dl", "dt", "dd", "section", "article", "blockquote", "pre"};

bool is_block(Node node) { return std::ranges::find(blocks, node.name()) != blocks.end(); }

class Lines {
  public:
    explicit Lines(LineBreaks breaks) : breaks_(breaks) {}
    void add(std::string_view text) {
        for (std::size_t at = 0; at < text.size(); ++at) {
            const bool is_no_break = text.substr(at).starts_with("\xC2\xA0");
            const char c = is_no_break ? ' ' : text[at];
            if (is_no_break) ++at;
            if (c == '\n' && breaks_ == LineBreaks::source) soft_break();
            if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                wants_blank_ = !line_.empty();
            } else {
                if (wants_blank_) line_ += ' ';
                wants_blank_ = false;
                line_ += c;
            }
        }
    }
    void soft_break() {
        if (!line_.empty()) hard_break();
    }
    void hard_break() {
        out_ += line_;
        out_ += '\n';
        line_.clear();
        wants_blank_ = false;
    }
    std::string text() {
        soft_break();
        const auto first = out_.find_first_not_of('\n');
        if (first == std::string::npos) return {};
        return out_.substr(first, out_.find_last_not_of('\n') - first + 1);
    }

  private:
    LineBreaks breaks_;
    std::string out_;
    std::string line_;
    bool wants_blank_ = false;
};

// Depth is bounded by the limits of parsing.
void collect(Node node, Lines& lines) {
    for (xmlNode* raw = node.raw()->children; raw != nullptr; raw = raw->next) {
        const Node child(raw);
        if (is_text(raw)) {
            lines.add(content(raw));
        } else if (child.is_element() && child.name() == "br") {
            lines.hard_break();
        } else if (child.is_element() && child.name() != "script" && child.name() != "style") {
            if (is_block(child)) lines.soft_break();
            if (child.name() == "td" || child.name() == "th") lines.add(" ");
            collect(child, lines);
            if (is_block(child)) lines.soft_break();
        }
    }
}

}  // namespace

void for_each_unread_leaf(Node root, Attributes attributes,
                          const std::function<void(Node)>& report) {
    if (is_done(root)) return;
    if (attributes == Attributes::counted) {
        for (xmlAttr* raw = root.raw()->properties; raw != nullptr; raw = raw->next) {
            const Node attribute(reinterpret_cast<xmlNode*>(raw));
            // xsi:nil says that the element is empty, which its being empty says too.
            const bool is_nil = raw->ns != nullptr && attribute.name() == "nil";
            if (!is_nil && !is_done(attribute) && !is_blank(attribute.text())) report(attribute);
        }
    }
    bool is_told = false;
    for (xmlNode* raw = root.raw()->children; raw != nullptr; raw = raw->next) {
        const Node child(raw);
        if (child.is_element()) {
            for_each_unread_leaf(child, attributes, report);
        } else if (is_text(raw) && !is_told && !is_done(child) && !is_blank(content(raw))) {
            report(root);
            is_told = true;
        }
    }
}

std::string block_text(Node node, LineBreaks breaks) {
    Lines lines(breaks);
    if (is_text(node.raw())) {
        lines.add(content(node.raw()));
    } else if (node.is_attribute()) {
        lines.add(node.text());
    } else {
        collect(node, lines);
    }
    return lines.text();
}

}  // namespace recall::xml
