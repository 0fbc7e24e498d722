#pragma once
// Tables that a source flattened into its text: "Model Number Serial Numbers MX08 GK2309880,
// GK2309899 MX09 …". The head's words tell the columns; the numbers of a column look alike. Strict:
// without a head, or where another column's numbers come first, nothing. Pure; any thread.

#include <string>
#include <vector>

#include "gateway/mapping/identifiers.h"
#include "gateway/mapping/prose_token.h"

namespace recall::mapping {

// Whether the word is one of a table's head: "Description", "Number", with a capital.
bool is_head_word(const ProseToken& token);

// Models and serials only: lots and dates look like too much else.
std::vector<std::string> find_in_tables(const std::vector<ProseToken>& tokens, IdentifierKind kind);

}  // namespace recall::mapping
