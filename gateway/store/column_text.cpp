#include "gateway/store/column_text.h"

#include "gateway/base/utf8.h"

#include <cstdint>
#include <cstring>

namespace recall::store {
namespace {

// Where the leading run of ASCII ends, eight bytes at a time: most of what is stored is ASCII.
std::size_t ascii_end(std::string_view text) {
    constexpr std::uint64_t high_bits = 0x8080808080808080;
    std::size_t at = 0;
    for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, sizeof word);
        if (word & high_bits) break;
    }
    return at;
}

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view bytea_prefix = "\\x";

unsigned nibble(char digit) {
    const auto value = hex_digits.find(digit);
    if (value == std::string_view::npos) {
        throw Failure(ErrorCode::database, "bytes came back in another form than hexadecimal");
    }
    return static_cast<unsigned>(value);
}

}  // namespace

bool is_storable_text(std::string_view text) {
    if (text.find('\0') != std::string_view::npos) return false;
    for (std::size_t at = ascii_end(text); at < text.size(); at += ascii_end(text.substr(at))) {
        if (next_character(text, at) == invalid_character) return false;
    }
    return true;
}

std::string shown_text(std::string_view text) {
    constexpr char32_t replacement = 0xFFFD;
    if (is_storable_text(text)) return std::string(text);
    std::string shown;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t character = next_character(text, at);
        const bool is_lost = character == invalid_character || character == 0;
        append_utf8(shown, is_lost ? replacement : character);
    }
    return shown;
}

std::string instant_text(Instant instant) {
    std::string text = to_text(instant);
    constexpr std::size_t whole_seconds = std::string_view("2026-10-04T09:30:00Z").size();
    if (text.size() == whole_seconds) text.insert(whole_seconds - 1, ".000");
    return text;
}

std::string bytea_text(std::string_view bytes) {
    std::string text(bytea_prefix);
    text.reserve(text.size() + 2 * bytes.size());
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += hex_digits[byte >> 4];
        text += hex_digits[byte & 15];
    }
    return text;
}

std::string from_bytea_text(std::string_view text) {
    if (!text.starts_with(bytea_prefix) || text.size() % 2 != 0) {
        throw Failure(ErrorCode::database, "bytes came back in another form than hexadecimal");
    }
    std::string bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = bytea_prefix.size(); i < text.size(); i += 2) {
        bytes += static_cast<char>(nibble(text[i]) << 4 | nibble(text[i + 1]));
    }
    return bytes;
}

std::string ascii_lower(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

std::string containing(std::string_view text) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '!') pattern += '!';
        pattern += c;
    }
    return pattern + '%';
}

}  // namespace recall::store
