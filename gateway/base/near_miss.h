#pragma once
// The word that was probably meant: for refusing an unknown name with a helpful line. Pure.

#include <span>
#include <string>
#include <string_view>

namespace recall {

// The word of `choices` nearest to `word`, when it is near enough to be a slip; else empty.
std::string_view near_miss(std::string_view word, std::span<const std::string_view> choices);

// "; did you mean X?" for the nearest word, or nothing.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> choices);

}  // namespace recall
