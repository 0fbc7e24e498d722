#include "gateway/crypto/trust.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "gateway/base/failure.h"

namespace recall::crypto {
namespace {

constexpr std::string_view revoked_by_authority = "revoked by its authority";

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 6> key_extensions = {".pem", ".crt", ".cer",
                                                            ".pub", ".jwk", ".jwks"};

bool has_certificate(std::string_view text) {
    return text.find("-----BEGIN CERTIFICATE-----") != std::string_view::npos;
}

bool looks_like_json(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && text[first] == '{';
}

std::string file_text(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (!file || error) throw Failure(ErrorCode::config, path.string() + " cannot be read");
    if (size > trust_file_bytes_max) {
        throw Failure(ErrorCode::config, path.string() + " is too large for a key file");
    }
    return {std::istreambuf_iterator<char>(file), {}};
}

// Files of one folder in the order of their names; not what lies below.
std::vector<fs::path> files_of(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (entry.is_regular_file()) files.push_back(entry.path());
    }
    if (error) throw Failure(ErrorCode::config, folder.string() + " is no folder that can be read");
    std::ranges::sort(files);
    return files;
}

// RFC 7517 §4.2, §4.3: a key registered for encryption verifies nothing.
bool may_verify(const JsonValue& jwk) {
    const JsonValue* use = jwk.member("use");
    if (use != nullptr && (!use->is(JsonValue::Type::string) || use->text != "sig")) return false;
    const JsonValue* operations = jwk.member("key_ops");
    if (operations == nullptr) return true;
    return operations->is(JsonValue::Type::array) &&
           std::ranges::any_of(operations->items, [](const JsonValue& item) {
               return item.is(JsonValue::Type::string) &&
                      (item.text == "verify" || item.text == "sign");
           });
}

Result<TrustedKey> trusted_jwk(const JsonValue& jwk, const std::string& label) {
    const Error refused{ErrorCode::sig_key, label + ": "};
    if (!jwk.is(JsonValue::Type::object)) return Error{refused.code, refused.text + "not a JWK"};
    auto key = PublicKey::from_jwk(jwk);
    if (!key) return Error{refused.code, refused.text + key.error().text};
    if (!may_verify(jwk))
        return Error{refused.code, refused.text + "the JWK is not for signatures"};
    TrustedKey trusted{.key = *std::move(key),
                       .label = label,
                       .kid = {},
                       .algorithm = {},
                       .certificate = {},
                       .valid_from = {},
                       .valid_until = {},
                       .revoked = {}};
    for (const auto& [name, target] :
         {std::pair("kid", &trusted.kid), std::pair("alg", &trusted.algorithm)}) {
        if (jwk.member(name) == nullptr) continue;
        if (jwk.string(name) == nullptr)
            return Error{refused.code, refused.text + name + " is no text"};
        *target = *jwk.string(name);
    }
    return trusted;
}

TrustedKey trusted_certificate(const Certificate& certificate, const std::string& label) {
    TrustedKey trusted{.key = certificate.public_key(),
                       .label = label,
                       .kid = {},
                       .algorithm = {},
                       .certificate = certificate,
                       .valid_from = certificate.not_before(),
                       .valid_until = certificate.not_after() + std::chrono::seconds(1),
                       .revoked = {}};
    if (!certificate.may_sign()) trusted.revoked = "its certificate is not for signatures";
    return trusted;
}

// RFC 7518 §6: "d" is the private part of every asymmetric kind.
bool is_private_jwk(std::string_view text) {
    constexpr std::string_view name = "\"d\"";
    for (std::size_t at = text.find(name); at != std::string_view::npos;
         at = text.find(name, at + 1)) {
        const std::size_t next = text.find_first_not_of(" \t\r\n", at + name.size());
        if (next != std::string_view::npos && text[next] == ':') return true;
    }
    return false;
}

}  // namespace

Result<void> TrustedKey::usable(Instant now) const {
    if (revoked) return {ErrorCode::sig_revoked, label + ": " + *revoked};
    if (valid_from && now < *valid_from) {
        return {ErrorCode::sig_revoked, label + ": valid from " + to_text(*valid_from) + " only"};
    }
    if (valid_until && now >= *valid_until) {
        return {ErrorCode::sig_revoked, label + ": valid until " + to_text(*valid_until) + " only"};
    }
    return {};
}

Result<void> Trust::add(std::string_view text, const std::string& label) {
    if (looks_like_json(text)) return add_jwks(text, label);
    if (!has_certificate(text)) {
        auto key = PublicKey::from_pem(text);
        if (!key) return {key.error().code, label + ": " + key.error().text};
        return take({.key = *std::move(key),
                     .label = label,
                     .kid = {},
                     .algorithm = {},
                     .certificate = {},
                     .valid_from = {},
                     .valid_until = {},
                     .revoked = {}});
    }
    const auto certificates = Certificate::all_from_pem(text);
    if (!certificates) return {certificates.error().code, label + ": " + certificates.error().text};
    for (const Certificate& certificate : *certificates) {
        if (certificate.is_authority()) {
            authorities_.push_back(certificate);
        } else if (auto taken = take(trusted_certificate(certificate, label)); !taken) {
            return taken;
        }
    }
    return {};
}

Result<void> Trust::take(TrustedKey key) {
    const std::string name = key.kid.value_or(key.key.thumbprint());
    const auto [place, is_new] = names_.emplace(name, keys_.size());
    const TrustedKey* first = is_new ? nullptr : &keys_[place->second];
    if (first != nullptr && !(first->key == key.key)) {
        const std::string both = first->label == key.label
                                     ? first->label + " holds"
                                     : first->label + " and " + key.label + " hold";
        return {ErrorCode::sig_key, both + " different keys under the kid " + name};
    }
    keys_.push_back(std::move(key));
    return {};
}

Result<void> Trust::add_jwks(std::string_view text, const std::string& label) {
    const auto json = read_json(text);
    if (!json) return {json.error().code, label + ": " + json.error().text};
    const JsonValue* set = json->member("keys");
    const std::vector<JsonValue> single = {*json};
    if (set != nullptr && !set->is(JsonValue::Type::array)) {
        return {ErrorCode::sig_key, label + ": the member keys is no array"};
    }
    for (const JsonValue& jwk : set == nullptr ? single : set->items) {
        auto key = trusted_jwk(jwk, label);
        if (!key) return key.error();
        if (auto taken = take(*std::move(key)); !taken) return taken;
    }
    return {};
}

Trust Trust::from_folder(const std::string& folder, std::string_view purpose, Instant now) {
    Trust trust;
    std::vector<std::string> revocation_lists;
    std::vector<fs::path> files = files_of(folder);
    const fs::path own = fs::path(folder) / purpose;
    if (!purpose.empty() && fs::is_directory(own)) {
        std::ranges::move(files_of(own), std::back_inserter(files));
    }
    for (const fs::path& file : files) {
        const std::string extension = file.extension().string();
        if (extension == ".crl") revocation_lists.push_back(file_text(file));
        if (std::ranges::find(key_extensions, extension) == key_extensions.end()) continue;
        const std::string text = file_text(file);
        if (text.find("PRIVATE KEY-----") != std::string::npos || is_private_jwk(text)) {
            throw Failure(ErrorCode::config,
                          file.string() + " holds a private key; move it out of the trust folder");
        }
        if (const auto added = trust.add(text, file.lexically_relative(folder).string()); !added) {
            throw Failure(ErrorCode::config, added.error().text);
        }
    }
    if (trust.keys_.empty()) {
        throw Failure(ErrorCode::config,
                      folder + " holds no key to trust (*.pem, *.crt, *.pub, *.jwk)");
    }
    if (trust.keys_.size() > trust_keys_max) {
        throw Failure(ErrorCode::config, folder + " holds too many keys");
    }
    trust.judge_chains(revocation_lists, now);
    return trust;
}

void Trust::judge_chains(const std::vector<std::string>& revocation_lists, Instant now) {
    std::vector<RevocationList> lists;
    for (const std::string& text : revocation_lists) {
        auto list = RevocationList::from_pem(text, authorities_);
        if (!list) throw Failure(ErrorCode::config, list.error().text);
        lists.push_back(*std::move(list));
    }
    for (TrustedKey& key : keys_) {
        if (!key.certificate || key.revoked) continue;
        const Certificate& leaf = *key.certificate;
        const auto issuer = std::ranges::find_if(
            authorities_, [&](const Certificate& authority) { return authority.issued(leaf); });
        if (issuer == authorities_.end()) {
            // A certificate that vouches for itself, or whose authority nobody keeps here, is
            // trusted because its file lies in the folder.
            if (!authorities_.empty() && !leaf.is_self_issued()) {
                key.revoked = "no authority in the folder issued its certificate";
            }
            continue;
        }
        if (now < issuer->not_before() || now > issuer->not_after()) {
            key.revoked = "its authority's certificate is out of its validity";
        }
        for (const RevocationList& list : lists) {
            if (!list.covers(leaf)) continue;
            if (list.revokes(leaf)) key.revoked = std::string(revoked_by_authority);
            // Without a current list nobody knows; we fail closed.
            if (!list.is_current(now) && !key.revoked)
                key.revoked = "its authority's revocation list is out of date";
        }
    }
    // What an authority took back is not to be trusted from another file either.
    for (const TrustedKey& taken_back : keys_) {
        if (taken_back.revoked != revoked_by_authority) continue;
        for (TrustedKey& key : keys_) {
            if (key.key == taken_back.key) key.revoked = taken_back.revoked;
        }
    }
}

}  // namespace recall::crypto
