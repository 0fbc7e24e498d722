#include <charconv>
#include <filesystem>
#include <iostream>

#include "gateway/base/failure.h"
#include "gateway/crypto/trust.h"
#include "gateway/ops/command.h"
#include "gateway/ops/files.h"

namespace recall::ops {
namespace {

constexpr std::size_t passphrase_bytes_max = 1024;
constexpr long days_default = 730;
constexpr long days_max = 36'500;

Result<long> days_of(const Arguments& arguments) {
    if (!arguments.has("days")) return days_default;
    const std::string text = arguments.value("days");
    long days = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
    const bool number = error == std::errc() && end == text.data() + text.size();
    if (!number || days < 1 || days > days_max) {
        return Error{ErrorCode::usage, "--days is 1 to " + std::to_string(days_max)};
    }
    return days;
}

Result<crypto::CertificateRequest::Use> use_of(std::string_view purpose) {
    using Use = crypto::CertificateRequest::Use;
    if (purpose == "signing") return Use::signing;
    if (purpose == "server") return Use::server;
    if (purpose == "client") return Use::client;
    return Error{ErrorCode::usage, "--use is signing, server or client"};
}

Result<int> run_new(const Arguments& arguments) {
    if (!arguments.has("out")) return Error{ErrorCode::usage, "--out NAME is missing"};
    const auto kind = crypto::key_kind(arguments.value("alg", "ES256"));
    if (!kind) return Error{ErrorCode::usage, "--alg is ES256, ES384, EdDSA, PS256 or SM2"};
    const auto days = days_of(arguments);
    if (!days) return days.error();
    const auto use = use_of(arguments.value("use", "signing"));
    if (!use) return use.error();
    std::string passphrase;
    if (arguments.has("passphrase-file")) {
        passphrase = read_file(arguments.value("passphrase-file"), passphrase_bytes_max);
        while (passphrase.ends_with('\n') || passphrase.ends_with('\r'))
            passphrase.pop_back();
    }
    const std::string out = arguments.value("out");
    const Instant now = SystemClock().now();
    const crypto::CertificateRequest request = {
        .common_name = arguments.value("name", std::filesystem::path(out).filename().string()),
        .organisation = arguments.value("organisation"),
        .use = *use,
        .dns_names = arguments.values("host"),
        .not_before = now,
        .not_after = now + std::chrono::hours(24) * *days};
    const auto key = crypto::PrivateKey::generate(*kind);
    write_new_file(out + ".key", key.to_pem(passphrase), FileMode::secret);
    if (arguments.has("request")) {
        write_new_file(out + ".csr", crypto::make_signing_request(request, key),
                       FileMode::readable);
        std::cout << out << ".key\n" << out << ".csr\n";
    } else {
        const auto certificate = crypto::make_self_signed(request, key);
        write_new_file(out + ".pem", certificate.to_pem(), FileMode::readable);
        std::cout << out << ".key\n" << out << ".pem\n" << certificate.fingerprint() << '\n';
    }
    return exit_done;
}

Result<int> run_list(const Arguments& arguments) {
    if (!arguments.has("trust")) return Error{ErrorCode::usage, "--trust DIR is missing"};
    const Instant now = SystemClock().now();
    const auto trust = crypto::Trust::from_folder(
        arguments.value("trust"), arguments.value("purpose", crypto::purpose_notices), now);
    for (const crypto::TrustedKey& key : trust.keys()) {
        const auto usable = key.usable(now);
        std::cout << key.label << '\t' << key.kid.value_or(key.key.thumbprint()) << '\t'
                  << (key.valid_until ? to_text(*key.valid_until) : "-") << '\t'
                  << (usable ? "usable" : usable.error().line()) << '\n';
    }
    return exit_done;
}

}  // namespace

const Command& key_new_command() {
    static const Command command = {
        .name = "key new",
        .summary = "make a private key with its certificate",
        .words = "",
        .options =
            {{"out", "NAME", "writes NAME.key (0600) and NAME.pem; neither may exist"},
             {"alg", "NAME", "ES256 (default), ES384, EdDSA, PS256, SM2"},
             {"name", "TEXT", "the certificate's common name; default: the last part of NAME"},
             {"organisation", "TEXT", "the certificate's organisation"},
             {"use", "signing|server|client", "what the certificate is for; default signing"},
             {"host", "NAME", "a host name or address of a server; may be repeated"},
             {"days", "N", "how long it is valid; default 730"},
             {"request", "",
              "write NAME.csr for an authority instead of a self-signed certificate"},
             {"passphrase-file", "FILE", "encrypt the key with the passphrase in this file"}},
        .details = "Prints the files written and the certificate's SHA-256 fingerprint.",
        .run = run_new};
    return command;
}

const Command& key_list_command() {
    static const Command command = {
        .name = "key list",
        .summary = "show the keys of a trust folder and whether they may be used",
        .words = "",
        .options = {{"trust", "DIR", "the folder"},
                    {"purpose", "NAME", "what the keys must be for; default notices"}},
        .details = "One key a line: file, kid, end of validity, state.",
        .run = run_list};
    return command;
}

}  // namespace recall::ops
