// The brand: equal under any spelling, another one, or only what the thing is made to fit.

#include <algorithm>

#include "gateway/match/evidence.h"

namespace recall::match {
namespace {

constexpr double rare_in_prose_min = 7.5;

struct Seen {
    const BrandName* ours = nullptr;
    std::string listing;
    Level level = Level::brand_unstated;
    explicit operator bool() const { return ours != nullptr; }
};

double rarity_of(const BrandName& name, const Rarity& rarity) {
    double rarest = 0;
    for (const std::uint64_t word : name.words)
        rarest = std::max(rarest, rarity.of_word(word));
    return name.words.empty() ? rarity.of_brand(name.hash) : rarest;
}

bool same_words(const BrandName& ours, const BrandName& theirs, const Rarity& rarity) {
    const bool ours_fewer = ours.words.size() < theirs.words.size();
    const auto& fewer = ours_fewer ? ours.words : theirs.words;
    const auto& more = ours_fewer ? theirs.words : ours.words;
    return !fewer.empty() && std::ranges::includes(more, fewer) &&
           rarity_of(ours_fewer ? ours : theirs, rarity) >= rare_min;
}

Level level_of_equal(const BrandName& ours, const Rarity& rarity) {
    if (ours.is_everyday || rarity_of(ours, rarity) < rare_min) return Level::brand_equal_common;
    return ours.is_stated ? Level::brand_equal : Level::brand_equal_prose;
}

// Sellers put the brand first, after words of another script at most: "美国Delta Cycle…".
bool leads(const Query& query, std::uint32_t token) {
    for (std::uint32_t i = 0; i < token; ++i) {
        if (!query.title.tokens[i].cjk() && !query.title.tokens[i].has_digit) return false;
    }
    return true;
}

// What prose makes us take for a brand is often an everyday word.
Level level_in_title(const BrandName& ours, const Pair& pair, std::uint32_t token) {
    const double rarity = rarity_of(ours, pair.rarity);
    if (ours.is_everyday || rarity < rare_min) return Level::brand_in_title_common;
    if (ours.is_stated) return Level::brand_in_title;
    const bool tells = rarity >= rare_in_prose_min && leads(pair.query, token);
    return tells ? Level::brand_in_title_prose : Level::brand_in_title_common;
}

bool is_in_title(Level level) {
    return level == Level::brand_in_title || level == Level::brand_in_title_prose ||
           level == Level::brand_in_title_common;
}

// The listing's stated brand, or one that the lexicon knows under the listing's spelling.
Seen find_stated(const Pair& pair) {
    for (const BrandName& theirs : pair.query.brands) {
        for (const BrandName& ours : pair.line.brands) {
            const bool equal = ours.hash == theirs.hash || same_words(ours, theirs, pair.rarity);
            if (!equal) continue;
            if (!theirs.is_stated) return {&ours, theirs.raw, level_in_title(ours, pair, 0)};
            return {&ours, theirs.raw, level_of_equal(ours, pair.rarity)};
        }
    }
    return {};
}

Seen find_in_title(const Pair& pair) {
    Seen aside;
    for (const BrandName& ours : pair.line.brands) {
        if (!ours.is_latin) {
            const std::string folded = read_text(ours.raw, ours.raw.size()).folded;
            if (pair.query.title.folded.find(folded) != std::string::npos)
                return {&ours, folded, level_in_title(ours, pair, 0)};
            continue;
        }
        const Span* span = find_span(pair.query.spans, ours.hash);
        const Span* const end = pair.query.spans.data() + pair.query.spans.size();
        for (; span != nullptr && span != end && span->hash == ours.hash; ++span) {
            const std::string raw(pair.query.title.between(span->first, span->last));
            if (!pair.query.meaning.is_aside(span->first, span->last))
                return {&ours, raw, level_in_title(ours, pair, span->first)};
            aside = {&ours, raw, Level::brand_aside};
        }
    }
    return aside;
}

// The listing's brand stands somewhere in the notice's names or prose.
const BrandName* find_named(const Pair& pair) {
    for (const BrandName& theirs : pair.query.brands) {
        if (theirs.is_stated && !theirs.words.empty() &&
            std::ranges::includes(pair.line.text_words, theirs.words))
            return &theirs;
    }
    return nullptr;
}

Seen find_near(const Pair& pair) {
    for (const BrandName& theirs : pair.query.brands) {
        for (const BrandName& ours : pair.line.brands) {
            if (is_near(ours.key, theirs.key)) return {&ours, theirs.raw, Level::brand_near};
        }
    }
    return {};
}

bool can_compare(const Query& query) {
    return std::ranges::any_of(query.brands, [](const BrandName& name) { return name.is_latin; });
}

Level difference(const Pair& pair) {
    if (pair.query.says_no_brand) return Level::brand_unbranded;
    if (!pair.query.states_brand) return Level::brand_unstated;
    if (!can_compare(pair.query)) return Level::brand_other_script;
    return pair.line.has_stated_brand() ? Level::brand_other : Level::brand_other_prose;
}

}  // namespace

void brand_evidence(const Pair& pair, Findings& out) {
    Seen seen = find_stated(pair);
    if (!seen) seen = find_in_title(pair);
    if (!seen || seen.level == Level::brand_aside) {
        if (const Seen near = find_near(pair)) seen = near;
    }
    if (seen && (!is_in_title(seen.level) || !pair.query.states_brand)) {
        out.push_back({seen.level, seen.ours->raw, seen.listing});
        return;
    }
    if (const BrandName* named = find_named(pair)) {
        const bool rare = !named->is_everyday && rarity_of(*named, pair.rarity) >= rare_min;
        out.push_back(
            {rare ? Level::brand_named : Level::brand_named_common, named->raw, named->raw});
        return;
    }
    if (seen) {
        out.push_back({seen.level, seen.ours->raw, seen.listing});
        return;
    }
    if (pair.line.brands.empty()) {
        if (pair.query.states_brand && can_compare(pair.query))
            out.push_back({Level::brand_only_listing, "", pair.query.brands.front().raw});
        return;
    }
    const Level level = difference(pair);
    if (level == Level::brand_unstated && !pair.line.has_stated_brand()) return;
    const std::string listing =
        pair.query.states_brand ? pair.query.brands.front().raw : std::string();
    out.push_back({level, pair.line.brands.front().raw, listing});
}

}  // namespace recall::match
