#pragma once
// HTML that a record carries as text (the description of an RSS item) becomes part of the record's
// tree, so that one path language reaches into it. One thread a Document.

#include "gateway/base/result.h"
#include "gateway/xml/document.h"

namespace recall::xml {

// Replaces the element's text by the nodes that the text means as HTML. Fails as parse_html does.
Result<void> expand_html(Node element, const Limits& limits);

}  // namespace recall::xml
