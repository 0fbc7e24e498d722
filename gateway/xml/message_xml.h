#pragma once
// The message of the exchange as XML, in the namespace urn:recallgw:exchange:1; a notice inside
// keeps its own. gateway/xml/schemas/exchange-1.xsd is the contract. The signature is not part of
// the message: what is written here is what gets signed, what is read here is what was signed.
// Any thread.

#include <string>
#include <string_view>

#include "gateway/base/result.h"
#include "gateway/model/message.h"
#include "gateway/xml/document.h"
#include "gateway/xml/value_reader.h"

namespace recall::xml {

inline constexpr std::string_view exchange_namespace = "urn:recallgw:exchange:1";

std::string write_message(const model::Message& message);

// Fails as xml::parse does, or with schema, naming the element's path.
Result<model::Message> read_message(std::string_view bytes, const Limits& limits = {});

// The message below `node`, from either face. The payload must be the one that its kind carries.
Result<model::Message> read_message(Node node, Face face);

}  // namespace recall::xml
