#pragma once
// The value beside a label on a page made for people: what XPath's labelled('…') gives. A label is
// an element whose whole text it is, whatever the blanks, the width of its characters and a colon
// behind it. Its value is
//   in a table        the next cell of the row; under a row of headings alone the cells below
//   after dt          the dd that follow
//   after a heading   everything up to the next heading, also out of a box that holds the heading
//                     alone
//   else              what follows in the same element up to what looks like the label again, or
//                     that, where nothing stands between
// Pure functions on the tree; one thread a Document.

#include <string_view>
#include <vector>

#include "gateway/xml/document.h"

namespace recall::xml {

// Elements and texts, below `context`, of every place where the label stands.
std::vector<Node> labelled(Node context, std::string_view label);

}  // namespace recall::xml
