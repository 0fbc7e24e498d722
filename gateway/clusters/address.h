#pragma once
// A web address in the form by which two notices are found to mean the same page: without scheme,
// "www.", fragment and the parameters that only choose a language. Pure; any thread.

#include <string>
#include <string_view>

namespace recall::clusters {

inline constexpr std::size_t address_bytes_max = 1000;

// Empty for what is no http(s) address, and for a site's front page, which means no notice.
std::string address_key(std::string_view url);

}  // namespace recall::clusters
