#include "gateway/base/near_miss.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace recall {
namespace {

// Levenshtein distance; the words are short.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U);
            row[j] = std::min({above + 1, row[j - 1] + 1, replaced});
            diagonal = above;
        }
    }
    return row[b.size()];
}

constexpr std::size_t word_bytes_max = 100;

}  // namespace

std::string_view near_miss(std::string_view word, std::span<const std::string_view> choices) {
    std::string_view best;
    if (word.size() > word_bytes_max) return best;
    std::size_t best_distance = 2 + word.size() / 3;
    for (const std::string_view choice : choices) {
        const std::size_t found = distance(word, choice);
        if (found < best_distance && found < choice.size()) {
            best_distance = found;
            best = choice;
        }
    }
    return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> choices) {
    const std::string_view near = near_miss(word, choices);
    return near.empty() ? std::string() : "; did you mean " + std::string(near) + "?";
}

}  // namespace recall
