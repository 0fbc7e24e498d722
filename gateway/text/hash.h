#pragma once
// The 64-bit hash that keys of the matcher are looked up by: the same on every machine, so that it
// may be stored. Not for secrets. Zero never comes out: tables use it for "empty".

#include <cstdint>
#include <cstring>
#include <string_view>

namespace recall::text {

constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    std::uint64_t h = (a ^ (b + 0x9E3779B97F4A7C15ULL)) * 0xD6E8FEB86659FD93ULL;
    h ^= h >> 32U;
    h *= 0xD6E8FEB86659FD93ULL;
    h ^= h >> 32U;
    return h == 0 ? 1 : h;
}

inline std::uint64_t hash(std::string_view bytes) {
    std::uint64_t h = bytes.size();
    std::size_t i = 0;
    for (; i + 8 <= bytes.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + i, 8);
        h = mix(h, word);
    }
    std::uint64_t rest = 0;
    if (i < bytes.size()) std::memcpy(&rest, bytes.data() + i, bytes.size() - i);
    return mix(h, rest);
}

}  // namespace recall::text
