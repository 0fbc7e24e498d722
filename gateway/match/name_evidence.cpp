// The words of the product's name, weighted by how rare they are among the notices. Brands and
// model numbers are left to their own evidence.

#include <algorithm>

#include "gateway/match/evidence.h"

namespace recall::match {
namespace {

constexpr double most_min = 0.7;
constexpr double half_min = 0.4;
constexpr double little_min = 0.15;
constexpr double told_min = 13;  // two rare words, or three that are not common

bool is_of_brand(const Pair& pair, std::uint64_t word) {
    const auto has = [&](const BrandName& name) {
        return std::ranges::binary_search(name.words, word);
    };
    return std::ranges::any_of(pair.line.brands, has) ||
           std::ranges::any_of(pair.query.brands, has);
}

}  // namespace

void name_evidence(const Pair& pair, Findings& out) {
    double all = 0;
    double shared = 0;
    double rarest = 0;
    for (const std::uint64_t word : pair.line.name_words) {
        if (is_of_brand(pair, word)) continue;
        const double rarity = pair.rarity.of_word(word);
        all += rarity;
        if (!std::ranges::binary_search(pair.query.all_words, word)) continue;
        shared += rarity;
        rarest = std::max(rarest, rarity);
    }
    if (all <= 0) return;
    // What is not there speaks against it only when both surely use one language.
    const bool comparable = pair.query.language == pair.line.language;
    const double cover = shared / all;
    const bool tells = shared >= told_min;
    Level level = Level::name_none;
    if (cover >= most_min) {
        level = tells ? Level::name_most : Level::name_most_common;
    } else if (cover >= half_min) {
        level = tells ? Level::name_half : Level::name_half_common;
    } else if (!comparable) {
        if (rarest < rare_min || shared < told_min) return;
        level = Level::name_foreign;
    } else if (cover >= little_min) {
        level = Level::name_little;
    }
    if (!pair.tells) return void(out.push_back({level, "", ""}));
    out.push_back({level, pair.line.name, pair.query.shown_title});
}

}  // namespace recall::match
