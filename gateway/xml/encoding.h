#pragma once
// Which encodings of XML documents are read: those in which ASCII is ASCII, so that marks can be
// told from the bytes alone. Any thread.

#include <string>
#include <string_view>

#include "gateway/base/result.h"

namespace recall::xml {

// Looks at the document's first bytes and its XML declaration. Fails with bad_encoding, naming
// what was found.
Result<void> check_encoding(std::string_view document);

// What an HTML page's own <meta> calls its encoding, looked for in its first bytes; UTF-8 when it
// does not say.
std::string encoding_of_page(std::string_view page);

}  // namespace recall::xml
