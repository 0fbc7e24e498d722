#include "gateway/exchange/seal.h"

#include <algorithm>

#include "gateway/base/failure.h"
#include "gateway/crypto/jws.h"
#include "gateway/crypto/xml_signature.h"
#include "gateway/json/message_json.h"
#include "gateway/xml/message_xml.h"

namespace recall::exchange {
namespace {

constexpr std::string_view xml_media_type = "application/xml";
constexpr std::string_view json_media_type = "application/jose+json";
// The JWS header's typ: a signature over a message cannot be passed off as one over anything else.
constexpr std::string_view jws_type = "recallgw-message";

Result<std::string> sign(const model::Message& message, Format format, const Identity& identity) {
    if (format == Format::xml) {
        return crypto::sign_xml(xml::write_message(message), {.key = identity.key,
                                                              .certificate = nullptr,
                                                              .scheme = identity.key.scheme(),
                                                              .national = {}});
    }
    return crypto::sign_jws(json::write_message(message), {.key = identity.key,
                                                           .kid = {},
                                                           .type = std::string(jws_type),
                                                           .form = crypto::JwsForm::flattened});
}

Result<crypto::Verified> verify(std::string_view bytes, Format format, const crypto::Trust& trust,
                                Instant now, std::size_t bytes_max) {
    if (format == Format::xml) {
        crypto::XmlVerification verification{.trust = trust, .now = now};
        verification.limits.bytes_max = bytes_max;
        return crypto::verify_xml(bytes, verification);
    }
    return crypto::verify_jws(bytes, {.trust = trust,
                                      .now = now,
                                      .detached_payload = std::nullopt,
                                      .type = jws_type,
                                      .bytes_max = bytes_max});
}

Error schema_error(const Error& error) { return {ErrorCode::message_schema, error.text}; }

}  // namespace

std::string_view spelling(Format format) { return format == Format::xml ? "xml" : "json"; }

std::optional<Format> format_of_word(std::string_view word) {
    if (word == "xml") return Format::xml;
    if (word == "json") return Format::json;
    return std::nullopt;
}

std::string_view media_type(Format format) {
    return format == Format::xml ? xml_media_type : json_media_type;
}

std::optional<Format> format_of_media_type(std::string_view media_type) {
    std::string name(media_type.substr(0, media_type.find(';')));
    while (!name.empty() && name.back() == ' ')
        name.pop_back();
    std::ranges::transform(name, name.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    if (name == xml_media_type) return Format::xml;
    if (name == json_media_type) return Format::json;
    return std::nullopt;
}

Sealed seal(const model::Message& message, Format format, const Identity& identity) {
    Result<std::string> bytes = sign(message, format, identity);
    if (!bytes) {
        throw Failure(ErrorCode::internal,
                      "a message could not be signed: " + bytes.error().line());
    }
    crypto::Trust ourselves;
    ourselves.add({.key = identity.key.public_key(),
                   .label = identity.party,
                   .kid = std::nullopt,
                   .algorithm = std::nullopt,
                   .certificate = std::nullopt,
                   .valid_from = std::nullopt,
                   .valid_until = std::nullopt,
                   .revoked = std::nullopt});
    Result<crypto::Verified> verified = verify(*bytes, format, ourselves, {}, message_bytes_max);
    if (!verified) {
        throw Failure(ErrorCode::internal,
                      "a message of ours does not verify: " + verified.error().line());
    }
    return {*std::move(bytes), std::move(verified->bytes)};
}

Result<void> check_schema(const model::Message& message, const xml::Schema& schema) {
    const Result<void> fits = schema.check(xml::write_message(message));
    if (!fits) return schema_error(fits.error());
    return {};
}

Result<Opened> open(std::string_view bytes, Format format, const Opening& opening) {
    Result<crypto::Verified> verified =
        verify(bytes, format, opening.trust, opening.now, opening.bytes_max);
    if (!verified) return verified.error();
    // only the bytes that were signed are read from here on.
    Result<model::Message> message = format == Format::xml ? xml::read_message(verified->bytes)
                                                           : json::read_message(verified->bytes);
    if (!message) return schema_error(message.error());
    const Result<void> fits = format == Format::xml ? opening.schema.check(verified->bytes)
                                                    : check_schema(*message, opening.schema);
    if (!fits) return schema_error(fits.error());
    return Opened{*std::move(message), std::move(verified->bytes)};
}

}  // namespace recall::exchange
