#pragma once
// Hashes and their text forms: SHA-256/384/512 and SM3, hexadecimal, base64 (RFC 4648 §4) and
// base64url without padding (§5). Decoding is strict: one text for one value. Any thread; a Sha256
// belongs to one.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace recall::crypto {

enum class Digest { sha256, sha384, sha512, sm3 };

// The hash as raw bytes (32, 48, 64, 32 of them).
std::string digest(Digest algorithm, std::string_view bytes);

// The SHA-256 as 64 lower-case hexadecimal digits: how contents are named everywhere.
std::string sha256_hex(std::string_view bytes);

// SHA-256 of what comes in pieces.
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void update(std::string_view bytes);
    // Ends the hash and begins the next one.
    std::string bytes();
    std::string hex();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

std::string to_hex(std::string_view bytes);
// Either case; nothing when a character is no digit or one is left over.
std::optional<std::string> from_hex(std::string_view text);

std::string to_base64(std::string_view bytes);
std::string to_base64url(std::string_view bytes);

// Refuses white space, wrong padding and non-zero trailing bits.
std::optional<std::string> from_base64(std::string_view text);
// The same, and refuses '='.
std::optional<std::string> from_base64url(std::string_view text);

// Takes as long for the first difference as for the last.
bool equal_constant_time(std::string_view a, std::string_view b);

// 32 random bytes as base64url, for what must not be guessed. Throws Failure(io).
std::string random_token();

}  // namespace recall::crypto
