#pragma once
// Model, serial, lot and bar code numbers in sentences: lists behind the words that announce them.
// Strict: a list ends at the first word that is no number, and what only looks like one (sizes,
// years, counts) is left. Pure; any thread; never fails.

#include <string>
#include <string_view>
#include <vector>

namespace recall::mapping {

enum class IdentifierKind { models, serials, batches };

// In order, each once; a range is "A100 - A250".
std::vector<std::string> find_identifiers(std::string_view text, IdentifierKind kind);

struct GtinsInProse {
    std::vector<std::string> digits;  // with right check digits, not padded
    std::vector<std::string> wrong;   // announced, but with a wrong one
};
GtinsInProse find_gtins(std::string_view text);

}  // namespace recall::mapping
