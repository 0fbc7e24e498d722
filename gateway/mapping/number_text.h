#pragma once
// A number as people write it: groups of three parted by blanks, apostrophes or the mark that is
// not decimal, decimals, "million" behind it. Pure; any thread.

#include <optional>
#include <string>
#include <string_view>

namespace recall::mapping {

struct NumberText {
    std::size_t end = 0;                 // in the text, behind the number and "million"
    std::optional<std::string> decimal;  // plain; nothing: it can be read in two ways ("12,5")
};

// The first number of the text, whose decimals stand behind the mark, '.' or ','. Nothing when
// there is no digit.
std::optional<NumberText> first_number(std::string_view text, char mark);

// How many bytes the blank at this place has, a no-break or thin one too; 0: there is none.
std::size_t blank_at(std::string_view text, std::size_t at);

// Moves the decimal point: 1.5 and 6 places are 1500000.
std::string scaled(std::string number, std::size_t places);

}  // namespace recall::mapping
