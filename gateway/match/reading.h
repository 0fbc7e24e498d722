#pragma once
// What a text offers and what it only mentions: its product words and cues, with the words that
// stand aside because they say what the thing fits ("for Dyson V8", "Dyson用") or does not hold
// ("no lens", "不含电池"). Pure over the lexicon; any thread.

#include <bitset>
#include <cstdint>
#include <vector>

#include "gateway/match/lexicon.h"
#include "gateway/match/words.h"

namespace recall::match {

struct ProductWord {
    std::uint32_t id = 0;     // Lexicon::product
    std::uint32_t first = 0;  // positions of tokens
    std::uint32_t last = 0;
    bool is_offered = true;  // false: it stands aside, or only says more about the next one
};

struct Reading {
    std::vector<PhraseHit> cues;  // id: a Cue
    std::bitset<cue_count> has_cue;
    std::vector<bool> aside;  // by token
    std::vector<ProductWord> products;

    bool has(Cue cue) const { return has_cue[static_cast<std::size_t>(cue)]; }
    // Whether any of the tokens stands aside.
    bool is_aside(std::uint32_t first, std::uint32_t last) const;
};

Reading read_meaning(const Text& text, const Lexicon& lexicon);

// Whether something other than blanks and hyphens parts the token from the one before it.
bool is_parted(const Text& text, std::size_t token);

}  // namespace recall::match
