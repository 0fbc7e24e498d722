#pragma once
// Query parameters as lists take them: known by name, once each, numbers within limits. Fails with
// usage. Pure; any thread.

#include <cstddef>
#include <span>
#include <string_view>

#include "gateway/base/result.h"
#include "gateway/http/message.h"

namespace recall::http {

inline constexpr std::size_t list_rows_default = 50;
inline constexpr std::size_t list_rows_max = 500;

Result<void> check_parameters(const Request& request, std::span<const std::string_view> known);

// The parameter limit.
Result<std::size_t> read_limit(const Request& request);

// The enumerator among `words` that the parameter spells, by position; -1 when it is not there.
Result<int> read_choice(const Request& request, std::string_view name,
                        std::span<const std::string_view> words);

// A positive number in a path, such as a match's id; not_found for anything else.
Result<long long> read_id(std::string_view text);

}  // namespace recall::http
