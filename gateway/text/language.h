#pragma once
// Which language a text is written in (CLD2), as far as its letters tell. Any thread; any bytes.

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace recall::text {

// "zh" of "zh-CN".
std::string_view primary_language(std::string_view tag);

// The tag among `candidates` that the text is in; `presumed` when the text does not tell, as most
// of a few words do not. Tags are BCP 47; only their first part is compared, and the presumed tag
// stays as it is when the language is its.
std::string detect_language(std::string_view text, std::string_view presumed,
                            std::span<const std::string> candidates);

// What a text is in that cannot be in the language of the tag because it is written in another
// script: "ja" for kana in place of "en". "und" when only that is certain. Nothing when the script
// fits, for scripts that many languages mix in (Latin letters in Japanese), and for a few letters.
std::optional<std::string> language_by_script(std::string_view text, std::string_view tag);

}  // namespace recall::text
