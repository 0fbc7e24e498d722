#pragma once
// The canonical notice as XML: element names, order and content are those of the JSON form, in the
// namespace urn:recallgw:notice:1. An array repeats its element. gateway/xml/schemas/notice-1.xsd
// is the contract. Any thread.

#include <string>
#include <string_view>

#include "gateway/base/result.h"
#include "gateway/model/notice.h"
#include "gateway/xml/document.h"
#include "gateway/xml/value_reader.h"

namespace recall::xml {

inline constexpr std::string_view notice_namespace = "urn:recallgw:notice:1";

// The document's bytes, UTF-8, without declaration or added white space.
std::string write_notice(const model::Notice& notice);

// The notice as children of an element that exists, in that element's namespace prefix-free form.
void append_notice(std::string& out, const model::Notice& notice);

// Fails as xml::parse does, or with schema, naming the element's path.
Result<model::Notice> read_notice(std::string_view bytes, const Limits& limits = {});

}  // namespace recall::xml
