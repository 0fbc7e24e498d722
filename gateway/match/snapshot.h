#pragma once
// The index as one check sees it: a large segment, a small one for what came since, and what went
// away. Immutable; any thread.

#include <cstdint>
#include <memory>
#include <vector>

#include "gateway/match/evidence.h"
#include "gateway/match/index.h"

namespace recall::match {

struct Snapshot {
    std::uint64_t version = 0;
    std::shared_ptr<const Segment> base;
    std::shared_ptr<const Segment> recent;
    std::vector<bool> removed;  // of base's lines: gone, or in recent now
    std::size_t removed_notices = 0;

    std::size_t lines() const { return base->lines().size() + recent->lines().size(); }
    const Line& line(std::uint32_t number) const;
    // How many lines have the key, those that went away included.
    std::size_t frequency(std::uint64_t key) const;
};

// Counts how rare words and brands are in a snapshot.
class SnapshotRarity final : public Rarity {
  public:
    explicit SnapshotRarity(const Snapshot& snapshot) : snapshot_(snapshot) {}
    double of_word(std::uint64_t hash) const override;
    double of_brand(std::uint64_t hash) const override;
    double of_key(std::uint64_t key) const;

  private:
    const Snapshot& snapshot_;
};

// The numbers of the lines that share most with the listing, best first, equal ones in order.
std::vector<std::uint32_t> candidates(const Snapshot& snapshot, const Query& query);

}  // namespace recall::match
