#pragma once
// One spelling for texts that people write in many ways. normal_form keeps the words readable;
// folded_form is for keys only and forgets more. Both take any bytes: what is not UTF-8 becomes
// U+FFFD. Any thread; tables are built at first use. A missing OpenCC dictionary throws Failure.

#include <string>
#include <string_view>

namespace recall::text {

// The number of these rules; stored with keys made by them.
inline constexpr int normalise_version = 1;

// HTML entities decoded, trade marks and invisible characters dropped, NFKC and case folding
// (full width, half width and ligatures become plain), runs of white space one blank, trimmed.
std::string normal_form(std::string_view text);

// normal_form, then Latin and Greek letters without accents, traditional Han as simplified,
// katakana as hiragana. "Crème" → "creme", "電池" → "电池", "バッテリー" → "ばってりー".
std::string folded_form(std::string_view text);

// folded_form written after what `out` holds; for callers that keep their buffer.
void append_folded(std::string_view text, std::string& out);

// folded_form with everything but letters and digits removed: "L'Oréal" → "loreal".
std::string compact_key(std::string_view text);

}  // namespace recall::text
