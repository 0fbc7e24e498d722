#include "gateway/xml/labelled.h"

#include <libxml/tree.h>

#include <algorithm>
#include <string>

namespace recall::xml {
namespace {

constexpr std::string_view no_break_space = "\xC2\xA0";
constexpr std::string_view ideographic_space = "\xE3\x80\x80";

// Moves past one character and appends it without blanks, in ordinary width and small letters.
void fold_next(std::string_view text, std::size_t& at, std::string& out) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with(no_break_space)) {
        at += no_break_space.size();
    } else if (rest.starts_with(ideographic_space)) {
        at += ideographic_space.size();
    } else if (rest.size() >= 3 && rest[0] == '\xEF' && (rest[1] == '\xBC' || rest[1] == '\xBD')) {
        // U+FF01 … U+FF5E are '!' … '~'.
        const unsigned code =
            (rest[1] == '\xBC' ? 0U : 64U) + (static_cast<unsigned char>(rest[2]) - 0x80U);
        constexpr unsigned last = 0x5E;
        if (code >= 1 && code <= last) {
            out += static_cast<char>('!' + code - 1);
        } else {
            out += rest.substr(0, 3);
        }
        at += 3;
    } else {
        const char c = rest.front();
        if (std::string_view(" \t\r\n").find(c) == std::string_view::npos)
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        ++at;
    }
}

std::string folded(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();)
        fold_next(text, at, out);
    while (out.ends_with(':'))
        out.pop_back();
    return out;
}

bool is_text(const xmlNode* node) {
    return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

// Gathers what the node says and gives up as soon as it cannot be the label any more.
bool gather(const xmlNode* node, std::string_view label, std::string& out) {
    for (const xmlNode* child = node->children; child != nullptr; child = child->next) {
        if (is_text(child) && child->content != nullptr) {
            const std::string_view text = reinterpret_cast<const char*>(child->content);
            for (std::size_t at = 0; at < text.size();) {
                fold_next(text, at, out);
                if (out.size() > label.size() + 1) return false;
            }
            if (!label.starts_with(std::string_view(out).substr(0, label.size()))) return false;
        } else if (child->type == XML_ELEMENT_NODE && !gather(child, label, out)) {
            return false;
        }
    }
    return true;
}

bool says(Node node, std::string_view label) {
    std::string text;
    if (!gather(node.raw(), label, text)) return false;
    if (text.ends_with(':')) text.pop_back();
    return text == label;
}

bool is_cell(Node node) { return node.name() == "td" || node.name() == "th"; }

bool is_heading(Node node) {
    const std::string_view name = node.name();
    return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
}

// A heading, or something that begins with one.
bool begins_with_heading(Node node) {
    for (; node; node = node.first_child()) {
        if (is_heading(node)) return true;
        for (const xmlNode* raw = node.raw()->children; raw != nullptr; raw = raw->next) {
            const bool is_blank =
                is_text(raw) && std::string_view(reinterpret_cast<const char*>(raw->content))
                                        .find_first_not_of(" \t\r\n") == std::string_view::npos;
            if (raw->type == XML_ELEMENT_NODE) break;
            if (is_text(raw) && !is_blank) return false;
        }
    }
    return false;
}

std::size_t place_in_row(Node cell) {
    std::size_t place = 0;
    for (Node other = cell.parent().first_child(); other && !(other == cell);
         other = other.next_sibling())
        place += is_cell(other) ? 1 : 0;
    return place;
}

void add_below(Node cell, std::vector<Node>& out) {
    const std::size_t place = place_in_row(cell);
    Node row = cell.parent();
    Node after = row.next_sibling();
    // The headings may stand in a thead of their own.
    if (!after && row.parent().name() == "thead" && row.parent().next_sibling())
        after = row.parent().next_sibling().first_child();
    for (row = after; row; row = row.next_sibling()) {
        std::size_t at = 0;
        for (Node other = row.first_child(); other; other = other.next_sibling()) {
            if (is_cell(other) && at++ == place) out.push_back(other);
        }
    }
}

void add_cell(Node cell, std::vector<Node>& out) {
    bool is_heading_row = cell.name() == "th";
    for (Node other = cell.parent().first_child(); other; other = other.next_sibling())
        is_heading_row = is_heading_row && (!is_cell(other) || other.name() == "th");
    if (is_heading_row) return add_below(cell, out);
    for (Node next = cell.next_sibling(); next; next = next.next_sibling()) {
        if (is_cell(next)) return out.push_back(next);
    }
}

void add_following(Node label, Node context, std::vector<Node>& out) {
    const bool is_titled = begins_with_heading(label);
    Node from = label;
    while (!from.next_sibling() && from.parent() && !(from.parent() == context) && is_titled)
        from = from.parent();
    const std::size_t found_before = out.size();
    for (xmlNode* raw = from.raw()->next; raw != nullptr; raw = raw->next) {
        const Node node(raw);
        if (raw->type == XML_ELEMENT_NODE) {
            if (is_titled && begins_with_heading(node)) return;
            // Where labels and values look alike they take turns.
            const bool is_alike = !is_titled && node.name() == label.name() &&
                                  node.attribute("class") == label.attribute("class");
            if (is_alike && out.size() > found_before) return;
            out.push_back(node);
            if (is_alike) return;
        } else if (is_text(raw) && !folded(reinterpret_cast<const char*>(raw->content)).empty()) {
            out.push_back(node);
        }
    }
}

void add_value(Node label, Node context, std::vector<Node>& out) {
    if (is_cell(label)) return add_cell(label, out);
    if (label.name() != "dt") return add_following(label, context, out);
    for (Node next = label.next_sibling(); next && next.name() == "dd"; next = next.next_sibling())
        out.push_back(next);
}

void search(Node node, Node context, const std::string& label, std::vector<Node>& out) {
    for (Node child = node.first_child(); child; child = child.next_sibling()) {
        if (says(child, label)) {
            add_value(child, context, out);
        } else {
            search(child, context, label, out);
        }
    }
}

}  // namespace

std::vector<Node> labelled(Node context, std::string_view label) {
    std::vector<Node> out;
    const std::string wanted = folded(label);
    if (!wanted.empty()) search(context, context, wanted, out);
    return out;
}

}  // namespace recall::xml
