#pragma once
// Whom a verifier believes: public keys with the names, times and algorithms they were registered
// under. A key inside a message is never a source. certs/README.md says how a folder is laid out.
// Immutable once filled; any thread.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/crypto/certificate.h"
#include "gateway/crypto/keys.h"

namespace recall::crypto {

struct TrustedKey {
    PublicKey key;
    std::string label;               // for the operator: file in the folder, or partner and key
    std::optional<std::string> kid;  // when registered, a message that names another is refused
    std::optional<std::string> algorithm;  // JOSE name; when registered, the only one
    std::optional<Certificate> certificate;
    std::optional<Instant> valid_from;
    std::optional<Instant> valid_until;  // exclusive
    std::optional<std::string> revoked;  // why

    // Fails with SIG-REVOKED when the key may not be used at that time.
    Result<void> usable(Instant now) const;
};

class Trust {
  public:
    // The keys of a folder and of its subfolder named after the purpose ("notices", "receipts", …).
    // Throws Failure(config) when the folder or a file in it cannot be used: a trust store that is
    // read in part is a wrong one.
    static Trust from_folder(const std::string& folder, std::string_view purpose, Instant now);

    // Keys from the text of one file: PEM certificate, PEM public key, JWK or JWK set. Fails with
    // SIG-KEY or JSON-FORM, also when a different key has the kid already; a key without a kid goes
    // by its thumbprint. The same key again is one more entry: it is usable while one of them
    // is, unless its authority revoked it.
    Result<void> add(std::string_view text, const std::string& label);
    // For keys whose names are known to differ, such as a registry's.
    void add(TrustedKey key) { keys_.push_back(std::move(key)); }

    const std::vector<TrustedKey>& keys() const { return keys_; }

  private:
    Result<void> take(TrustedKey key);
    Result<void> add_jwks(std::string_view text, const std::string& label);
    void judge_chains(const std::vector<std::string>& revocation_lists, Instant now);

    std::vector<TrustedKey> keys_;
    std::map<std::string, std::size_t, std::less<>> names_;  // the first key of each kid
    std::vector<Certificate> authorities_;
};

// Purposes a key may have; they are also the names of the subfolders.
inline constexpr std::string_view purpose_notices = "notices";
inline constexpr std::string_view purpose_receipts = "receipts";
inline constexpr std::string_view purpose_checkpoints = "checkpoints";
inline constexpr std::string_view purpose_transport = "transport";

inline constexpr std::size_t trust_file_bytes_max = 1U << 20U;
inline constexpr std::size_t trust_keys_max = 10'000;

}  // namespace recall::crypto
