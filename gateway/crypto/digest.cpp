#include "gateway/crypto/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sys/random.h>

#include <array>
#include <cstdint>

#include "gateway/base/check.h"
#include "gateway/base/failure.h"

namespace recall::crypto {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64_letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view base64url_letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::array<std::int8_t, 256> values_of(std::string_view letters) {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < letters.size(); ++i) {
        values[static_cast<unsigned char>(letters[i])] = static_cast<std::int8_t>(i);
    }
    return values;
}

constexpr auto base64_values = values_of(base64_letters);
constexpr auto base64url_values = values_of(base64url_letters);

struct MessageDigestFree {
    void operator()(EVP_MD* algorithm) const { EVP_MD_free(algorithm); }
};
struct ContextFree {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// Fetched once: looking an algorithm up costs more than hashing a small notice.
const EVP_MD* algorithm_of(Digest digest) {
    using Fetched = std::unique_ptr<EVP_MD, MessageDigestFree>;
    const auto fetch = [](const char* name) {
        Fetched algorithm(EVP_MD_fetch(nullptr, name, nullptr));
        RECALL_CHECK(algorithm != nullptr, "OpenSSL 3 has SHA-2 and SM3 in its default provider");
        return algorithm;
    };
    static const std::array<Fetched, 4> all = {fetch("SHA256"), fetch("SHA384"), fetch("SHA512"),
                                               fetch("SM3")};
    return all[static_cast<std::size_t>(digest)].get();
}

std::string encode(std::string_view bytes, std::string_view letters, bool padded) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : bytes) {
        bits = bits << 8U | static_cast<unsigned char>(c);
        for (count += 8; count >= 6; count -= 6)
            out += letters[bits >> (count - 6) & 0x3FU];
    }
    if (count > 0) out += letters[bits << (6 - count) & 0x3FU];
    while (padded && out.size() % 4 != 0)
        out += '=';
    return out;
}

std::optional<std::string> decode(std::string_view text,
                                  const std::array<std::int8_t, 256>& values) {
    if (text.size() % 4 == 1) return std::nullopt;
    std::string out;
    out.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : text) {
        const std::int8_t value = values[static_cast<unsigned char>(c)];
        if (value < 0) return std::nullopt;
        bits = bits << 6U | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            out += static_cast<char>(bits >> count & 0xFFU);
        }
    }
    if ((bits & ((1U << count) - 1)) != 0) return std::nullopt;
    return out;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::string digest(Digest algorithm, std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned length = 0;
    const int done = EVP_Digest(bytes.data(), bytes.size(), out.data(), &length,
                                algorithm_of(algorithm), nullptr);
    RECALL_CHECK(done == 1, "hashing memory cannot fail");
    return {reinterpret_cast<const char*>(out.data()), length};
}

std::string sha256_hex(std::string_view bytes) { return to_hex(digest(Digest::sha256, bytes)); }

struct Sha256::State {
    std::unique_ptr<EVP_MD_CTX, ContextFree> context{EVP_MD_CTX_new()};

    void begin() {
        const int done = EVP_DigestInit_ex2(context.get(), algorithm_of(Digest::sha256), nullptr);
        RECALL_CHECK(done == 1, "SHA-256 can always begin");
    }
};

Sha256::Sha256() : state_(std::make_unique<State>()) { state_->begin(); }
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::string_view bytes) {
    const int done = EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size());
    RECALL_CHECK(done == 1, "hashing memory cannot fail");
}

std::string Sha256::bytes() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned length = 0;
    const int done = EVP_DigestFinal_ex(state_->context.get(), out.data(), &length);
    RECALL_CHECK(done == 1, "a hash that began can end");
    state_->begin();
    return {reinterpret_cast<const char*>(out.data()), length};
}

std::string Sha256::hex() { return to_hex(bytes()); }

std::string to_hex(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += hex_digits[byte >> 4U];
        out += hex_digits[byte & 0xFU];
    }
    return out;
}

std::optional<std::string> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hex_value(text[i]);
        const int low = hex_value(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
    }
    return out;
}

std::string to_base64(std::string_view bytes) { return encode(bytes, base64_letters, true); }
std::string to_base64url(std::string_view bytes) { return encode(bytes, base64url_letters, false); }

std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    for (int i = 0; i < 2 && text.ends_with('='); ++i)
        text.remove_suffix(1);
    return decode(text, base64_values);
}

std::optional<std::string> from_base64url(std::string_view text) {
    return decode(text, base64url_values);
}

bool equal_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string random_token() {
    std::string bytes(32, '\0');
    if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        throw Failure(ErrorCode::io, "the system gave no random bytes");
    }
    return to_base64url(bytes);
}

}  // namespace recall::crypto
