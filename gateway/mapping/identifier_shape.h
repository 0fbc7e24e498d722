#pragma once
// What the numbers of products look like, one word at a time: model, serial and lot numbers on one
// side, sizes, dates, years and counts on the other. Pure; any thread.

#include <cstddef>
#include <string>
#include <string_view>

#include "gateway/mapping/identifiers.h"

namespace recall::mapping {

// "AB-12c" is "AA-00A": what neighbours in a list share.
std::string shape_of(std::string_view code);

std::size_t longest_lower_run(std::string_view code);

// A word that can be such a number. `is_sure`: the label says "number", or a colon stands there.
bool is_code(std::string_view code, IdentifierKind kind, bool is_sure);

}  // namespace recall::mapping
