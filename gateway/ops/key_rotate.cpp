// recallgw key rotate: a new key to sign with, in the place of the old one.

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <iostream>

#include "gateway/base/failure.h"
#include "gateway/exchange/identity.h"
#include "gateway/json/writer.h"
#include "gateway/model/partner.h"
#include "gateway/ops/configuration.h"
#include "gateway/ops/files.h"
#include "gateway/xml/value_writer.h"

namespace recall::ops {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t pem_bytes_max = 1U << 20U;
constexpr long days_default = 730;
constexpr long overlap_days_default = 45;
// Messages that the old key signed are under way for up to 30 days.
constexpr long overlap_days_min = 31;
constexpr long days_max = 36'500;

struct Pair {
    fs::path key;
    fs::path certificate;
};

// signing.pem, "next" → signing.next.pem
fs::path marked(const fs::path& path, const std::string& mark) {
    return path.parent_path() / (path.stem().string() + "." + mark + path.extension().string());
}

Pair marked(const Pair& pair, const std::string& mark) {
    return {marked(pair.key, mark), marked(pair.certificate, mark)};
}

Result<long> days_of(const Arguments& arguments, std::string_view name, long otherwise,
                     long least) {
    if (!arguments.has(name)) return otherwise;
    const std::string text = arguments.value(name);
    long days = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
    const bool number = error == std::errc() && end == text.data() + text.size();
    if (!number || days < least || days > days_max) {
        return Error{ErrorCode::usage, "--" + std::string(name) + " is " + std::to_string(least) +
                                           " to " + std::to_string(days_max)};
    }
    return days;
}

Result<exchange::Identity> read_pair(const Pair& pair, const std::string& party) {
    return exchange::make_identity(party, read_file(pair.key.string(), pem_bytes_max),
                                   read_file(pair.certificate.string(), pem_bytes_max));
}

void move(const fs::path& from, const fs::path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) {
        throw Failure(ErrorCode::io, to.string() + ": " + std::strerror(errno));
    }
}

// A second name for a file, so that no moment is without it.
void keep(const fs::path& file, const fs::path& name) {
    if (::link(file.c_str(), name.c_str()) != 0 && errno != EEXIST) {
        throw Failure(ErrorCode::io, name.string() + ": " + std::strerror(errno));
    }
}

void sync_folder(const fs::path& file) {
    const std::string folder = file.has_parent_path() ? file.parent_path().string() : ".";
    const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle < 0) throw Failure(ErrorCode::io, folder + ": " + std::strerror(errno));
    const bool synced = ::fsync(handle) == 0;
    ::close(handle);
    if (!synced) throw Failure(ErrorCode::io, folder + ": " + std::strerror(errno));
}

void make_pair(const Pair& pair, const std::string& name, crypto::KeyKind kind, long days) {
    const Instant now = SystemClock().now();
    const auto key = crypto::PrivateKey::generate(kind);
    const crypto::CertificateRequest request = {.common_name = name,
                                                .organisation = {},
                                                .use = crypto::CertificateRequest::Use::signing,
                                                .dns_names = {},
                                                .not_before = now,
                                                .not_after = now + std::chrono::hours(24) * days};
    write_new_file(pair.key.string(), key.to_pem(), FileMode::secret);
    write_new_file(pair.certificate.string(), crypto::make_self_signed(request, key).to_pem(),
                   FileMode::readable);
}

// A rotation that broke off between its two renames left the new key beside the old certificate.
void finish_broken_off(const Pair& now, const Pair& next, const std::string& party) {
    if (fs::exists(next.key) || !fs::exists(next.certificate)) return;
    if (read_pair({now.key, next.certificate}, party)) move(next.certificate, now.certificate);
}

std::string keys_element(const crypto::Certificate& certificate, const std::string& until) {
    model::PartnerKey key;
    key.id = certificate.public_key().thumbprint();
    key.certificate = certificate.to_pem();
    key.until = until;
    std::string out = "<keys>";
    xml::ValueWriter writer(out);
    fields(writer, key);
    return out + "</keys>";
}

// One line for each rotation beside the keys: who changed what, and when.
void record(const Pair& pair, const std::string& by, const crypto::PublicKey& old_key,
            const std::string& old_until, const crypto::PublicKey& new_key) {
    json::Writer out;
    out.begin_object().member("at", to_text(SystemClock().now())).member("by", by);
    out.member("old", old_key.thumbprint()).member("old_until", old_until);
    out.member("new", new_key.thumbprint()).end_object();
    const std::string line = out.text() + "\n";
    const std::string path = (pair.key.parent_path() / "rotations.ndjson").string();
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    const bool written =
        file >= 0 && ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
        ::fsync(file) == 0;
    if (file >= 0) ::close(file);
    if (!written) throw Failure(ErrorCode::io, path + " cannot be written");
}

void tell(const crypto::Certificate& old_certificate, const std::string& old_until,
          const crypto::Certificate& new_certificate) {
    std::cerr << "Send this to every partner, to register in place of the keys it has of us:\n";
    std::cout << keys_element(old_certificate, old_until) << '\n'
              << keys_element(new_certificate, {}) << '\n'
              << std::flush;
}

Result<int> run(const Arguments& arguments) {
    const auto days = days_of(arguments, "days", days_default, 1);
    if (!days) return days.error();
    const auto overlap = days_of(arguments, "overlap-days", overlap_days_default, overlap_days_min);
    if (!overlap) return overlap.error();
    const settings::Settings settings = load_settings(arguments);
    if (settings.exchange_key.empty() || settings.exchange_certificate.empty()) {
        return Error{ErrorCode::config, "exchange.key and exchange.certificate name no key"};
    }
    const Pair now{settings.exchange_key, settings.exchange_certificate};
    const Pair next = marked(now, "next");
    const std::string party =
        settings.exchange_party.empty() ? "recallgw" : settings.exchange_party;
    finish_broken_off(now, next, party);
    const auto old_identity = read_pair(now, party);
    if (!old_identity) return old_identity.error();
    const auto kind = arguments.has("alg") ? crypto::key_kind(arguments.value("alg"))
                                           : old_identity->key.public_key().kind();
    if (!kind || *kind == crypto::KeyKind::sm2) {
        return Error{ErrorCode::usage, "--alg is ES256, ES384, EdDSA or PS256"};
    }
    if (!fs::exists(next.key)) make_pair(next, party + " signing", *kind, *days);
    const auto new_identity = read_pair(next, party);
    if (!new_identity) return new_identity.error();
    if (arguments.has("announce")) {
        tell(old_identity->certificate, {}, new_identity->certificate);
        std::cerr << "Nothing has changed yet. When the partners have it: recallgw key rotate\n";
        return exit_done;
    }
    const std::string until = to_text(SystemClock().now() + std::chrono::hours(24) * *overlap);
    const crypto::PublicKey& old_key = old_identity->key.public_key();
    // With a part of its thumbprint: two rotations on one day are two names.
    const Pair old =
        marked(now, "until-" + until.substr(0, 10) + "-" + old_key.thumbprint().substr(0, 8));
    keep(now.key, old.key);
    keep(now.certificate, old.certificate);
    record(now, arguments.value("by", "operator"), old_key, until, new_identity->key.public_key());
    move(next.key, now.key);
    move(next.certificate, now.certificate);
    sync_folder(now.key);
    tell(old_identity->certificate, until, new_identity->certificate);
    std::cerr << "The new key is " << now.key.string() << "; the old one is kept as "
              << old.key.string() << ".\nA running gateway signs with the new one once it is "
              << "started again.\n";
    return exit_done;
}

}  // namespace

const Command& key_rotate_command() {
    static const Command command{
        "key rotate",
        "put a new key in the place of the one that signs",
        "",
        with_settings(
            {{"announce", "", "make the new key and show it to partners, but do not use it yet"},
             {"overlap-days", "N",
              "how long partners go on believing the old key (45, at least 31)"},
             {"days", "N", "how long the new certificate is valid (730)"},
             {"alg", "NAME", "ES256, ES384, EdDSA, PS256; default: as the old key"},
             {"by", "NAME", "who decided it (operator)"}}),
        "Replaces the files of exchange.key and exchange.certificate, and keeps the old ones "
        "beside\n"
        "them as NAME.until-DATE-…. Prints the <keys> elements that partners register instead of "
        "what\n"
        "they have, each key with its end. A message signed by a key that a partner does not know\n"
        "yet is refused: announce first, and rotate when the partners have it.\n"
        "Each rotation is a line of rotations.ndjson beside the keys. What is in the outbox keeps\n"
        "its signature.",
        run};
    return command;
}

}  // namespace recall::ops
