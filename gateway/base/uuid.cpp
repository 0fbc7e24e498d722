#include "gateway/base/uuid.h"

#include <array>
#include <cstdint>
#include <random>

namespace recall {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

}  // namespace

std::string make_uuid(Instant now) {
    thread_local std::random_device device;
    std::array<std::uint8_t, 16> bytes{};
    const auto milliseconds = static_cast<std::uint64_t>(now.time_since_epoch().count());
    for (int i = 0; i < 6; ++i) {
        bytes[std::size_t(i)] = static_cast<std::uint8_t>(milliseconds >> (8 * (5 - i)));
    }
    for (std::size_t i = 6; i < 16; ++i)
        bytes[i] = static_cast<std::uint8_t>(device());
    bytes[6] = static_cast<std::uint8_t>(0x70U | (bytes[6] & 0x0FU));  // version
    bytes[8] = static_cast<std::uint8_t>(0x80U | (bytes[8] & 0x3FU));  // variant
    std::string text;
    for (std::size_t i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
        text += hex_digits[bytes[i] >> 4U];
        text += hex_digits[bytes[i] & 0x0FU];
    }
    return text;
}

bool is_uuid7(std::string_view text) {
    if (text.size() != 36 || text[14] != '7') return false;
    if (text[19] != '8' && text[19] != '9' && text[19] != 'a' && text[19] != 'b') return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        if (hyphen ? text[i] != '-' : hex_digits.find(text[i]) == std::string_view::npos)
            return false;
    }
    return true;
}

}  // namespace recall
