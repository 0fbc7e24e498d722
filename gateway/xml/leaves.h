#pragma once
// What of a record nobody took: the leaves (texts that are not blank, and attributes where asked)
// outside every element that is marked read or ignored. And the text of a piece of HTML as a person
// sees it. Pure functions on the tree; one thread a Document.

#include <functional>
#include <string>

#include "gateway/xml/document.h"

namespace recall::xml {

enum class Attributes { counted, passed_over };

// Calls with the element that holds the text, or the attribute; in document order.
void for_each_unread_leaf(Node root, Attributes attributes,
                          const std::function<void(Node)>& report);

// Lines as a browser would break them: <br> and block elements end a line, white space inside one
// becomes a single blank (ideographic blanks stay), scripts and styles are left out, outer blank
// lines are cut.
// `source` also keeps the line ends of the page's own source inside a text.
enum class LineBreaks { as_shown, source };
std::string block_text(Node node, LineBreaks breaks = LineBreaks::as_shown);

}  // namespace recall::xml
