#include <iostream>

#include "gateway/base/failure.h"
#include "gateway/base/utf8.h"
#include "gateway/crypto/jws.h"
#include "gateway/crypto/xml_signature.h"
#include "gateway/exchange/seal.h"
#include "gateway/json/message_json.h"
#include "gateway/json/notice_json.h"
#include "gateway/json/parse.h"
#include "gateway/ops/command.h"
#include "gateway/ops/exchange_role.h"
#include "gateway/ops/files.h"
#include "gateway/xml/message_xml.h"
#include "gateway/xml/notice_xml.h"

namespace recall::ops {
namespace {

constexpr std::size_t message_bytes_max = crypto::MessageLimits{}.bytes_max;

// Fails with SIG-KEY when a key that was named cannot be one, which is an answer, not misuse.
Result<crypto::Trust> read_trust(const Arguments& arguments, Instant now) {
    crypto::Trust trust;
    if (arguments.has("trust")) {
        trust = crypto::Trust::from_folder(
            arguments.value("trust"), arguments.value("purpose", crypto::purpose_notices), now);
    }
    for (const std::string& path : arguments.values("key")) {
        const std::string text = read_file(path, crypto::trust_file_bytes_max);
        if (const auto added = trust.add(text, path); !added) {
            return Error{ErrorCode::sig_key, added.error().text};
        }
    }
    return trust;
}

bool is_xml(std::string_view message) {
    // UTF-16 and a byte order mark are here for the reader to refuse by their right names.
    if (message.starts_with("\xFF\xFE") || message.starts_with("\xFE\xFF")) return true;
    if (message.starts_with(utf8_byte_order_mark))
        message.remove_prefix(utf8_byte_order_mark.size());
    const std::size_t first = message.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && message[first] == '<';
}

Result<crypto::Verified> verify_signature(const Arguments& arguments, std::string_view message,
                                          const crypto::Trust& trust, Instant now) {
    if (is_xml(message)) {
        const auto where = arguments.has("signature-only")
                               ? crypto::SignedElement::document_or_child
                               : crypto::SignedElement::document;
        return crypto::verify_xml(message, {.trust = trust, .now = now, .signed_element = where});
    }
    std::string payload;
    std::optional<std::string_view> detached;
    if (arguments.has("payload")) {
        payload = read_file(arguments.value("payload"), message_bytes_max);
        detached = payload;
    }
    return crypto::verify_jws(message, {.trust = trust, .now = now, .detached_payload = detached});
}

// A message of the exchange, by its root's name and namespace or by its payload; else a notice.
bool is_message(std::string_view bytes) {
    const auto tree = is_xml(bytes) ? xml::parse(bytes) : json::parse(bytes);
    if (!tree) return false;  // the reader of notices says what is wrong
    const xml::Node root = tree->root();
    if (!is_xml(bytes)) return static_cast<bool>(root.child("payload"));
    return root.name() == "message" && root.namespace_uri() == xml::exchange_namespace;
}

Result<void> check_message(std::string_view bytes) {
    const auto message = is_xml(bytes) ? xml::read_message(bytes) : json::read_message(bytes);
    if (!message) return {ErrorCode::message_schema, message.error().line()};
    return exchange::check_schema(*message, xml::load_schema(exchange_schema_file()));
}

// Step 6 of the order of work: the bytes that were signed must be something we exchange.
Result<void> check_payload(std::string_view bytes) {
    if (is_message(bytes)) return check_message(bytes);
    const auto notice = is_xml(bytes) ? xml::read_notice(bytes) : json::read_notice(bytes);
    if (!notice) return {ErrorCode::message_schema, notice.error().line()};
    return {};
}

int refuse(const Error& error) {
    std::string line = error.line();
    for (char& c : line) {
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    }
    std::cout << line << '\n' << std::flush;
    return exit_not_so;
}

Result<int> run(const Arguments& arguments) {
    if (!arguments.has("trust") && !arguments.has("key")) {
        return Error{ErrorCode::usage, "--trust DIR or --key FILE is missing"};
    }
    const Instant now = SystemClock().now();
    const auto trust = read_trust(arguments, now);
    if (!trust) return refuse(trust.error());
    const std::string message = read_standard_input(message_bytes_max);
    const auto verified = verify_signature(arguments, message, *trust, now);
    if (!verified) return refuse(verified.error());
    if (!arguments.has("signature-only")) {
        if (const auto fits = check_payload(verified->bytes); !fits) return refuse(fits.error());
    }
    std::cout << verified->bytes << std::flush;
    return exit_done;
}

}  // namespace

const Command& verify_command() {
    static const Command command = {
        .name = "verify",
        .summary = "verify a signed notice or message from standard input",
        .words = "",
        .options = {{"trust", "DIR", "believe the keys of this folder (certs/README.md)"},
                    {"key", "FILE",
                     "believe this key: PEM certificate, PEM public key, or JWK; may be repeated"},
                    {"purpose", "NAME",
                     "what the key must be for: notices (default), receipts, checkpoints"},
                    {"payload", "FILE", "the payload of a detached JSON signature"},
                    {"signature-only", "",
                     "judge any document in the signature profile, whatever its schema"}},
        .details =
            "XML or JSON is told from the first character. Prints the payload that was signed and "
            "nothing\n"
            "else, exit 0; or one line `code: reason` on standard output, exit 1. In XML the "
            "payload is\n"
            "the canonical form of what was signed: read that, not the message.",
        .run = run};
    return command;
}

}  // namespace recall::ops
