#pragma once
// Phrases of one or more tokens (text/tokens.h), each with a number, and the longest-match scan
// that finds them in a text. Built once; then any thread.

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/text/tokens.h"

namespace recall::match {

struct PhraseHit {
    std::uint32_t id = 0;
    std::uint32_t first = 0;  // positions of tokens
    std::uint32_t last = 0;   // one past
};

class PhraseTable {
  public:
    static constexpr std::size_t phrase_tokens_max = 12;

    // Folds and cuts the phrase. The same phrase may stand for several numbers. False when it has
    // no token or more than phrase_tokens_max.
    bool add(std::string_view phrase, std::uint32_t id);

    // At each token the longest phrase that begins there; the scan goes on after it, so phrases
    // inside a longer one are not told.
    void scan(std::span<const text::Token> tokens, std::vector<PhraseHit>& out) const;

    // The numbers of exactly this sequence.
    std::span<const std::uint32_t> find(std::span<const text::Token> tokens) const;

    // The numbers of the one-token phrase with this hash.
    std::span<const std::uint32_t> find_word(std::uint64_t hash) const;

    std::size_t size() const { return size_; }

  private:
    struct Entry {
        std::vector<std::uint32_t> ids;  // of the phrase that ends here
        bool goes_on = false;            // longer phrases begin so
    };
    std::unordered_map<std::uint64_t, Entry> entries_;  // by the hash of the sequence so far
    std::size_t size_ = 0;
};

}  // namespace recall::match
