#pragma once
// How a language writes numbers (ICU). Any thread.

#include <string>

namespace recall::text {

// ',' where the language parts the decimals of a number with a comma, else '.'.
char decimal_mark(const std::string& language);

}  // namespace recall::text
