#include "gateway/match/snapshot.h"

#include <algorithm>
#include <cmath>

namespace recall::match {
namespace {

constexpr std::size_t candidates_max = 24;
constexpr float gate = 0.3F;  // of the best one's sum: below it, full scoring finds nothing
constexpr std::size_t lines_a_key_max = 4'000;     // words that more lines have tell nothing
constexpr std::size_t lines_a_brand_max = 20'000;  // brands and numbers are always worth it
// Common keys are left out when rare ones have brought this many; identifiers never are.
constexpr std::size_t lines_a_check_max = 6'000;

struct Wanted {
    std::uint64_t key = 0;
    double gain = 0;
    KeyKind kind = KeyKind::word;
};

double worth(KeyKind kind) {
    switch (kind) {
        case KeyKind::gtin:
        case KeyKind::item:
            return 4;
        case KeyKind::model:
        case KeyKind::brand:
            return 1.5;
        case KeyKind::maker:
            return 0.7;
        case KeyKind::word:
        case KeyKind::head:
        case KeyKind::text:
            return 1;
    }
    return 1;
}

std::size_t lines_max(KeyKind kind) {
    return kind == KeyKind::word || kind == KeyKind::maker ? lines_a_key_max : lines_a_brand_max;
}

// Sums by line number; cleared by walking what was touched, so that it costs nothing per line.
struct Scratch {
    std::vector<float> sums;
    std::vector<std::uint32_t> touched;

    void add(std::uint32_t line, float gain) {
        if (sums[line] == 0) touched.push_back(line);
        sums[line] += gain;
    }
};

void add_postings(const Snapshot& snapshot, const Wanted& wanted, Scratch& scratch) {
    const auto gain = static_cast<float>(wanted.gain);
    for (const std::uint32_t line : snapshot.base->postings(wanted.key)) {
        if (!snapshot.removed[line]) scratch.add(line, gain);
    }
    const auto offset = static_cast<std::uint32_t>(snapshot.base->lines().size());
    for (const std::uint32_t line : snapshot.recent->postings(wanted.key))
        scratch.add(offset + line, gain);
}

std::vector<Wanted> wanted_keys(const Snapshot& snapshot, const Query& query) {
    const SnapshotRarity rarity(snapshot);
    std::vector<Key> keys;
    query_keys(query, keys);
    std::vector<Wanted> out;
    for (const Key& key : keys) {
        const std::size_t count = snapshot.frequency(key.hash);
        if (count == 0 || count > lines_max(key.kind)) continue;
        out.push_back({key.hash, rarity.of_key(key.hash) * worth(key.kind), key.kind});
    }
    std::ranges::sort(out, [](const Wanted& a, const Wanted& b) {
        return a.gain != b.gain ? a.gain > b.gain : a.key < b.key;
    });
    return out;
}

}  // namespace

const Line& Snapshot::line(std::uint32_t number) const {
    const std::size_t in_base = base->lines().size();
    return number < in_base ? *base->lines()[number] : *recent->lines()[number - in_base];
}

std::size_t Snapshot::frequency(std::uint64_t key) const {
    return base->frequency(key) + recent->frequency(key);
}

double SnapshotRarity::of_key(std::uint64_t key) const {
    const auto all = static_cast<double>(snapshot_.lines());
    const auto with = static_cast<double>(snapshot_.frequency(key));
    // Small indexes know little: a word is not called common before it was met a few times.
    constexpr double lines_assumed = 5'000;
    return std::max(0.05, std::log((all + lines_assumed) / (with + 1)));
}

double SnapshotRarity::of_word(std::uint64_t hash) const {
    return of_key(key_hash(KeyKind::text, hash));
}

double SnapshotRarity::of_brand(std::uint64_t hash) const {
    return of_key(key_hash(KeyKind::brand, hash));
}

std::vector<std::uint32_t> candidates(const Snapshot& snapshot, const Query& query) {
    thread_local Scratch scratch;
    scratch.sums.resize(std::max(scratch.sums.size(), snapshot.lines()));
    std::size_t budget = lines_a_check_max;
    for (const Wanted& wanted : wanted_keys(snapshot, query)) {
        const std::size_t count = snapshot.frequency(wanted.key);
        const bool identifies = worth(wanted.kind) > 1;
        if (!identifies && count > budget) continue;
        budget -= std::min(budget, count);
        add_postings(snapshot, wanted, scratch);
    }
    std::vector<std::uint32_t>& touched = scratch.touched;
    const auto better = [&](std::uint32_t a, std::uint32_t b) {
        return scratch.sums[a] != scratch.sums[b] ? scratch.sums[a] > scratch.sums[b] : a < b;
    };
    std::size_t count = std::min(candidates_max, touched.size());
    std::ranges::partial_sort(touched, touched.begin() + static_cast<std::ptrdiff_t>(count),
                              better);
    while (count > 1 && scratch.sums[touched[count - 1]] < gate * scratch.sums[touched[0]])
        --count;
    std::vector<std::uint32_t> best(touched.begin(),
                                    touched.begin() + static_cast<std::ptrdiff_t>(count));
    for (const std::uint32_t line : touched)
        scratch.sums[line] = 0;
    touched.clear();
    return best;
}

}  // namespace recall::match
