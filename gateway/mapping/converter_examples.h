#pragma once
// An example of each converter, for the reference page. A test runs every one of them, so that none
// can be wrong. Plain data.

#include <span>
#include <string_view>

namespace recall::mapping {

struct ConverterExample {
    std::string_view converter;
    std::string_view as;   // what stands in the mapping file
    std::string_view in;   // values, with example_mark between them; empty: none
    std::string_view out;  // likewise
};

inline constexpr char example_mark = '|';

std::span<const ConverterExample> converter_examples();

// What a pattern of date() is made of.
struct DateToken {
    std::string_view token;
    std::string_view reads;
    std::string_view pattern;
    std::string_view in;
    std::string_view out;
};

std::span<const DateToken> date_tokens();

}  // namespace recall::mapping
