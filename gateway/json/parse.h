#pragma once
// Strict JSON (RFC 8259) into the record tree: a member becomes an element, an array repeats its
// element, an array inside an array repeats "item". Numbers keep their source text. Numbers,
// booleans and null are marked so (xml::Mark); an empty array leaves nothing. Refused: duplicate
// members, BOM, lone surrogates, NUL, anything after the value, and what passes the limits.
// Any thread.

#include <string_view>

#include "gateway/base/result.h"
#include "gateway/xml/document.h"

namespace recall::json {

// The tree's root is named `root_name`; an array at the top gives its elements as "item".
// Fails with bad_json, bad_encoding, duplicate_key or limit; the text names the member's path, and
// `path`, where it is given, is set to it when it is known.
Result<xml::Document> parse(std::string_view bytes, const xml::Limits& limits = {},
                            std::string_view root_name = "record", std::string* path = nullptr);

}  // namespace recall::json
