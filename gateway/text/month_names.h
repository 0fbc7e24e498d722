#pragma once
// What the months are called in a language, as Unicode's locale data (CLDR) has it. Any thread.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace recall::text {

// Each name, whole and short, with and without inflection, in small letters, capitals and with a
// capital first, and its month, 1 to 12. None when nothing is known of the language of the tag.
std::vector<std::pair<std::u32string, unsigned>> month_names(const std::string& tag);

}  // namespace recall::text
