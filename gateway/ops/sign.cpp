#include <iostream>

#include "gateway/base/failure.h"
#include "gateway/crypto/jws.h"
#include "gateway/crypto/xml_signature.h"
#include "gateway/json/notice_json.h"
#include "gateway/json/parse.h"
#include "gateway/ops/command.h"
#include "gateway/ops/files.h"
#include "gateway/xml/notice_xml.h"

namespace recall::ops {
namespace {

constexpr std::size_t key_file_bytes_max = 1U << 20U;
constexpr std::size_t input_bytes_max = crypto::MessageLimits{}.bytes_max;

// RFC 7515 §4.1.9: the media type without "application/".
constexpr std::string_view notice_type = "recall-notice+json";

bool is_json(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && text[first] == '{';
}

// Not any other JSON: its first members are those of a notice, and no message is around it.
bool is_meant_as_notice(std::string_view payload) {
    const auto tree = json::parse(payload);
    if (!tree) return false;
    const xml::Node root = tree->root();
    return root.child("schema") && root.child("id") && root.child("source") &&
           !root.child("payload");
}

crypto::PrivateKey read_key(const Arguments& arguments) {
    const std::string path = arguments.value("key");
    const std::string text = read_file(path, key_file_bytes_max);
    std::string passphrase;
    if (arguments.has("passphrase-file")) {
        passphrase = read_file(arguments.value("passphrase-file"), key_file_bytes_max);
        while (passphrase.ends_with('\n') || passphrase.ends_with('\r'))
            passphrase.pop_back();
    }
    auto key = is_json(text) ? crypto::PrivateKey::from_jwk(text)
                             : crypto::PrivateKey::from_pem(text, passphrase);
    if (!key) throw Failure(ErrorCode::usage, path + ": " + key.error().text);
    return *std::move(key);
}

// The scheme that --alg names, or the key's own.
Result<crypto::Scheme> scheme_of(const Arguments& arguments, const crypto::PrivateKey& key) {
    if (!arguments.has("alg")) return key.scheme();
    const std::string name = arguments.value("alg");
    const auto scheme = crypto::scheme_of_name(name);
    const bool named =
        crypto::key_kind(name) == key.public_key().kind() && key.public_key().fits(*scheme);
    if (named && (name != "RS256" || arguments.value("format") == "xml")) return *scheme;
    return Error{ErrorCode::usage,
                 "the key does not sign with " + name +
                     " (ES256, ES384, EdDSA, PS256; RS256 with 3072 bits in XML only)"};
}

Result<std::string> sign_as_xml(const Arguments& arguments, std::string_view input,
                                const crypto::PrivateKey& key,
                                const std::optional<crypto::Certificate>& certificate) {
    std::string document(input);
    if (is_json(input)) {
        const auto notice = json::read_notice(input);
        if (!notice) return notice.error();
        document = xml::write_notice(*notice);
    }
    const auto scheme = scheme_of(arguments, key);
    if (!scheme) return scheme.error();
    return crypto::sign_xml(document, {.key = key,
                                       .certificate = certificate ? &*certificate : nullptr,
                                       .scheme = *scheme,
                                       .national = {}});
}

Result<std::string> sign_as_json(const Arguments& arguments, std::string_view input,
                                 const crypto::PrivateKey& key) {
    if (const auto scheme = scheme_of(arguments, key); !scheme) return scheme.error();
    std::string payload(input);
    const std::size_t first = input.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && input[first] == '<') {
        const auto notice = xml::read_notice(input);
        if (!notice) return notice.error();
        payload = json::write_notice(*notice);
    }
    const bool is_notice = is_meant_as_notice(payload);
    if (const auto notice = json::read_notice(payload); is_notice && !notice) return notice.error();
    const crypto::JwsForm form = arguments.has("compact")    ? crypto::JwsForm::compact
                                 : arguments.has("detached") ? crypto::JwsForm::detached
                                                             : crypto::JwsForm::flattened;
    return crypto::sign_jws(payload, {.key = key,
                                      .kid = arguments.value("kid"),
                                      .type = is_notice ? std::string(notice_type) : std::string(),
                                      .form = form});
}

Result<int> run(const Arguments& arguments) {
    const std::string format = arguments.value("format");
    if (format != "xml" && format != "json")
        return Error{ErrorCode::usage, "--format is xml or json"};
    if (!arguments.has("key")) return Error{ErrorCode::usage, "--key FILE is missing"};
    const crypto::PrivateKey key = read_key(arguments);
    std::optional<crypto::Certificate> certificate;
    if (arguments.has("cert")) {
        auto read =
            crypto::Certificate::from_pem(read_file(arguments.value("cert"), key_file_bytes_max));
        if (!read)
            return Error{ErrorCode::usage, arguments.value("cert") + ": " + read.error().text};
        if (!(read->public_key() == key.public_key())) {
            return Error{ErrorCode::usage, "the certificate is not that of the key"};
        }
        certificate = *std::move(read);
    }
    const std::string input = read_standard_input(input_bytes_max);
    if (input.empty()) return Error{ErrorCode::usage, "standard input is empty"};
    const auto signed_message = format == "xml" ? sign_as_xml(arguments, input, key, certificate)
                                                : sign_as_json(arguments, input, key);
    if (!signed_message) return signed_message.error();
    // A line's end is not part of the compact form, and `jose` takes it for one.
    const bool ends_line = format == "json" && !arguments.has("compact");
    std::cout << *signed_message << (ends_line ? "\n" : "") << std::flush;
    return exit_done;
}

}  // namespace

const Command& sign_command() {
    static const Command command = {
        .name = "sign",
        .summary = "sign a notice from standard input",
        .words = "",
        .options = {{"format", "xml|json", "how the signed message is written"},
                    {"key", "FILE", "the private key: PKCS#8 in PEM, or a JWK"},
                    {"cert", "FILE", "its certificate in PEM, sent along in XML as a hint"},
                    {"alg", "NAME",
                     "ES256, ES384, EdDSA, PS256, RS256 (XML); default: what the key is for"},
                    {"kid", "NAME", "the key's name in JSON; default: its RFC 7638 thumbprint"},
                    {"compact", "", "JSON: the compact form instead of the flattened one"},
                    {"detached", "", "JSON: the flattened form without the payload"},
                    {"passphrase-file", "FILE", "holds the passphrase of the key"}},
        .details =
            "A notice may come as JSON or XML and is converted to the format asked for. An XML "
            "document\n"
            "of any kind is signed as it is with --format xml, and any bytes with --format json.\n"
            "XML is written in its canonical form, which is what was signed.",
        .run = run};
    return command;
}

}  // namespace recall::ops
