#pragma once
// Postings over product lines: which lines have a key. A segment never changes after it is built;
// the matcher holds a large one, a small one for what came since, and marks what went away.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/match/line.h"
#include "gateway/match/query.h"

namespace recall::match {

// text: words anywhere in a notice, which are only counted.
enum class KeyKind : std::uint8_t { gtin, item, model, brand, word, head, maker, text };

struct Key {
    std::uint64_t hash = 0;
    KeyKind kind = KeyKind::word;
};

std::uint64_t key_hash(KeyKind kind, std::uint64_t hash);
std::uint64_t key_hash(KeyKind kind, std::string_view text);

// What the listing asks for, each key once.
void query_keys(const Query& query, std::vector<Key>& out);

class Segment {
  public:
    explicit Segment(std::vector<std::shared_ptr<const Line>> lines);

    std::span<const std::shared_ptr<const Line>> lines() const { return lines_; }
    std::span<const std::uint32_t> postings(std::uint64_t key) const;
    // How many lines have the key; for words of the text too.
    std::size_t frequency(std::uint64_t key) const;

    struct Range {
        std::uint32_t first = 0;
        std::uint32_t last = 0;
    };
    // The notice's lines; empty when it has none here.
    Range lines_of(std::string_view notice) const;

    std::size_t notices() const { return by_notice_.size(); }
    std::size_t bytes() const;

  private:
    struct Slot {
        std::uint64_t key = 0;  // 0: empty
        std::uint32_t first = 0;
        std::uint32_t count = 0;
    };
    using Pairs = std::vector<std::pair<std::uint64_t, std::uint32_t>>;
    void build(Pairs& pairs, std::vector<std::uint64_t>& texts);
    Slot& slot_for(std::uint64_t key);
    const Slot* find(std::uint64_t key) const;

    std::vector<std::shared_ptr<const Line>> lines_;
    std::unordered_map<std::string_view, Range> by_notice_;  // views into the lines
    std::vector<Slot> slots_;                                // a power of two, a third empty
    std::vector<std::uint64_t> present_;  // bits: most keys asked for are not there
    std::vector<std::uint32_t> postings_;
};

}  // namespace recall::match
