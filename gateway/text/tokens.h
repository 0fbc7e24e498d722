#pragma once
// Cuts a folded text (normalise.h) into tokens: a run of letters and digits is one word; a Han,
// kana or hangul character is one token, because those scripts do not mark words. Any thread.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/text/character.h"

namespace recall::text {

struct Token {
    std::uint64_t hash = 0;  // of the word without plural ending, or of the character
    std::uint32_t begin = 0;
    std::uint32_t end = 0;  // bytes of the folded text
    Script script = Script::none;
    bool has_digit = false;
    bool has_letter = false;
    bool after_blank = false;  // something other than a hyphen-like sign stands before it

    std::string_view in(std::string_view folded) const { return folded.substr(begin, end - begin); }
    bool cjk() const { return is_cjk(script); }
};

// Appends the tokens of `folded`, whose positions start at `offset`.
void split(std::string_view folded, std::vector<Token>& out, std::uint32_t offset = 0);

// "batteries" → "battery", "boxes" → "box", "toys" → "toy". Words with digits stay as they are.
std::string_view stem(std::string_view word, std::string& buffer);

// The script that most letters of the text are written in; `none` when it has no letter.
Script main_script(std::string_view text);

}  // namespace recall::text
