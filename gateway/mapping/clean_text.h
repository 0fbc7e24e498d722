#pragma once
// How texts of sources are put in order before anything else looks at them. Pure; any thread.

#include <string>
#include <string_view>

namespace recall::mapping {

// One line: white space (no-break and thin spaces too; ideographic blanks stay) becomes single
// blanks, the ends are cut, and characters that only steer display (zero-width space, direction
// marks, byte order mark) go.
std::string tidy(std::string_view text);

// Tags are dropped and entities decoded, once: for texts that are HTML, or debris of it.
std::string without_html(std::string_view text);

// ASCII letters lower, curly quotes straight, dashes '-': for comparing with the words of tables.
std::string folded(std::string_view text);

}  // namespace recall::mapping
