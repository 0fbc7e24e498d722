#pragma once
// Model numbers: the form in which "E2-WR", "e2 wr" and "E2WR" are one, and how much such a key
// proves. Works on folded text (normalise.h). Pure functions; any thread.

#include <cstdint>
#include <string>
#include <string_view>

namespace recall::text {

enum class ModelStrength {
    none,    // not a model number: a year, a size with its unit, one or two characters
    weak,    // short or a bare number: proves something only beside a brand
    strong,  // letters and digits, or at least six digits
};

// Letters and digits only, upper case.
std::string model_key(std::string_view folded);

ModelStrength model_strength(std::string_view key);

// The hash by which keys are looked up; O and 0, I, L and 1 are not told apart.
std::uint64_t model_hash(std::string_view key);

// "2019", "1998": four digits that name a year.
bool is_year(std::string_view key);

// "500ML", "220V", "3IN1": a number with its unit and nothing else. Upper case.
bool is_size(std::string_view key);

}  // namespace recall::text
