#pragma once
// A raw value as evidence shows it: its beginning, cut between characters. Pure; any thread.

#include <string>
#include <string_view>

namespace recall::match {

inline constexpr std::size_t shown_bytes_max = 200;

inline std::string shown(std::string_view text) {
    if (text.size() <= shown_bytes_max) return std::string(text);
    std::size_t end = shown_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return std::string(text.substr(0, end)) + "…";
}

}  // namespace recall::match
