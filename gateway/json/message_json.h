#pragma once
// The message of the exchange as JSON: one line, the members and order of the XML face. Reading is
// strict, as for notices. gateway/json/schemas/message.schema.json is the contract. Any thread.

#include <string>
#include <string_view>

#include "gateway/base/result.h"
#include "gateway/model/message.h"
#include "gateway/xml/document.h"

namespace recall::json {

std::string write_message(const model::Message& message);

// Fails as json::parse does, or with schema, naming the member's path.
Result<model::Message> read_message(std::string_view bytes, const xml::Limits& limits = {});

}  // namespace recall::json
