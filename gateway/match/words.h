#pragma once
// A text as the matcher reads it: folded, cut into tokens, and the words and spans made of them.
// Words are what names are compared by; spans are what brands and model numbers are looked up by,
// because both are written with and without hyphens and blanks. Pure; any thread.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/text/tokens.h"

namespace recall::match {

struct Text {
    std::string folded;
    std::vector<text::Token> tokens;

    std::string_view word(std::size_t i) const { return tokens[i].in(folded); }
    // From the beginning of the first token to the end of the last.
    std::string_view between(std::size_t first, std::size_t last) const;
};

// At most bytes_max bytes of the text are read.
Text read_text(std::string_view raw, std::size_t bytes_max);

// Appends the hash of every word: a token of a script that marks words, or two neighbouring
// characters of one that does not. One-letter words name nothing.
void append_words(const Text& text, std::vector<std::uint64_t>& out);

void sort_unique(std::vector<std::uint64_t>& hashes);

// Neighbouring tokens written together, with the hash of their key (text/model_key.h).
struct Span {
    std::uint64_t hash = 0;
    std::uint32_t first = 0;  // positions of tokens
    std::uint32_t last = 0;   // one past
};

inline constexpr std::size_t span_tokens_max = 5;

// Appends every span of up to span_tokens_max tokens that are not Han, kana or hangul; then sorts
// by hash and position.
void append_spans(const Text& text, std::vector<Span>& out);

// The hash by which spans are looked up, of a text of any script.
std::uint64_t span_hash(std::string_view folded);

// The first span with this hash; nullptr when there is none. `spans` must be sorted.
const Span* find_span(std::span<const Span> spans, std::uint64_t hash);

}  // namespace recall::match
