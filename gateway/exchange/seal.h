#pragma once
// A message under its signature: sealed into the bytes that travel, opened into the message that
// was signed. What is opened is read from the signed bytes only, and must fit the schema whichever
// face it has. Any thread. Failures carry the codes of docs/protocol.md.

#include <optional>
#include <string>
#include <string_view>

#include "gateway/crypto/trust.h"
#include "gateway/exchange/identity.h"
#include "gateway/model/message.h"
#include "gateway/xml/schema.h"

namespace recall::exchange {

enum class Format { xml, json };
std::string_view spelling(Format format);
std::optional<Format> format_of_word(std::string_view word);
std::string_view media_type(Format format);
// Parameters after ';' and letter case do not matter.
std::optional<Format> format_of_media_type(std::string_view media_type);

struct Sealed {
    std::string bytes;
    std::string canonical;  // what was signed
};

// Opens its own work again before it lets it go: what a partner could not verify must not travel.
// Throws Failure(internal) when the message cannot be sealed, which a checked message always can.
Sealed seal(const model::Message& message, Format format, const Identity& identity);

inline constexpr std::size_t message_bytes_max = 16U << 20U;

struct Opening {
    const crypto::Trust& trust;
    const xml::Schema& schema;  // exchange-1.xsd
    Instant now;
    std::size_t bytes_max = message_bytes_max;
};

struct Opened {
    model::Message message;
    std::string canonical;
};

Result<Opened> open(std::string_view bytes, Format format, const Opening& opening);

// exchange-1.xsd for either face.
Result<void> check_schema(const model::Message& message, const xml::Schema& schema);

}  // namespace recall::exchange
