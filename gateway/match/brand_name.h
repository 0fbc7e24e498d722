#pragma once
// A brand in the forms by which it is recognised: written together, and its words without legal
// forms ("Rubro B.V." is "Rubro"). Pure; any thread.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/match/lexicon.h"

namespace recall::match {

struct BrandName {
    std::string raw;
    std::string key;                   // text::model_key: upper case, letters and digits only
    std::uint64_t hash = 0;            // of the key, as spans are looked up
    std::vector<std::uint64_t> words;  // sorted; without legal forms
    bool is_latin = false;             // or another script that marks words
    bool is_stated = true;             // false: found in prose
    bool is_everyday = false;  // a word that the lexicon knows as no brand: "Rouge", "R.E.D."
};

// Nothing to recognise (an empty key) when the text says that there is no brand.
BrandName brand_name(std::string_view raw, const Lexicon& lexicon);

// "倍思Baseus", "Micro/迈古", "SharkNinja (Shark)": the whole and its parts, each once.
std::vector<BrandName> brand_names(std::string_view raw, const Lexicon& lexicon);

// One wrong, missing, additional or swapped letter in keys of at least near_letters_min letters.
inline constexpr std::size_t near_letters_min = 6;
bool is_near(std::string_view key, std::string_view other);

}  // namespace recall::match
