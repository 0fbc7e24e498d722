#pragma once
// What a picture looks like, in 128 bits that re-scaling and re-compression hardly change: two
// hashes of 64 bits, made in two ways (gateway/image/hash.h), so that pictures which one of them
// cannot tell apart still differ in the other. Plain value; any thread.

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

namespace recall::model {

struct PictureHash {
    std::uint64_t waves = 0;   // signs of the lowest frequencies
    std::uint64_t slopes = 0;  // which neighbour is brighter
    bool operator==(const PictureHash&) const = default;
    bool operator<(const PictureHash& other) const {
        return std::tie(waves, slopes) < std::tie(other.waves, other.slopes);
    }
};

// How many bits differ in the hash in which more do, from 0 to 64.
inline int distance(const PictureHash& a, const PictureHash& b) {
    return std::max(std::popcount(a.waves ^ b.waves), std::popcount(a.slopes ^ b.slopes));
}

// Measured in tests/unit/image: a picture scaled, compressed or brightened anew stays below the
// first, as good as always below the second; other pictures stay far above.
inline constexpr int same_picture_bits_max = 6;
inline constexpr int near_picture_bits_max = 10;

// 32 lower-case hexadecimal digits, waves first.
inline std::string to_text(const PictureHash& hash) {
    std::string out;
    for (const std::uint64_t half : {hash.waves, hash.slopes}) {
        for (int shift = 60; shift >= 0; shift -= 4)
            out += "0123456789abcdef"[(half >> static_cast<unsigned>(shift)) & 15U];
    }
    return out;
}

// Nothing for what to_text does not write.
inline std::optional<PictureHash> picture_hash(std::string_view text) {
    constexpr std::size_t half_digits = 16;
    if (text.size() != 2 * half_digits) return std::nullopt;
    std::array<std::uint64_t, 2> halves{};
    for (std::size_t i = 0; i < halves.size(); ++i) {
        const char* begin = text.data() + i * half_digits;
        const auto read = std::from_chars(begin, begin + half_digits, halves[i], 16);
        if (read.ec != std::errc() || read.ptr != begin + half_digits) return std::nullopt;
    }
    return PictureHash{halves[0], halves[1]};
}

}  // namespace recall::model
