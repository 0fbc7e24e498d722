#include "gateway/xml/expand.h"

#include <libxml/tree.h>

#include <string>

namespace recall::xml {

Result<void> expand_html(Node element, const Limits& limits) {
    const std::string text = element.text();
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) return {};
    const auto page = parse_html("<html><body>" + text + "</body></html>", "UTF-8", limits);
    if (!page) return page.error();
    const Node body = page->root().child("body");
    xmlNode* target = element.raw();
    while (target->children != nullptr) {
        xmlNode* old = target->children;
        xmlUnlinkNode(old);
        xmlFreeNode(old);
    }
    element.mark(Mark::expanded);
    if (!body) return {};
    for (xmlNode* child = body.raw()->children; child != nullptr; child = child->next) {
        xmlAddChild(target, xmlDocCopyNode(child, target->doc, 1));
    }
    return {};
}

}  // namespace recall::xml
