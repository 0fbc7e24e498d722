#include "gateway/match/prose_brands.h"

#include <algorithm>

namespace recall::match {
namespace {

constexpr std::size_t leading_words_max = 3;
constexpr std::size_t brands_max = 12;

// Fields are joined by " ; ".
bool begins_field(const Text& text, std::size_t i) {
    if (i == 0) return true;
    const std::size_t sign = text.folded.find(';', text.tokens[i - 1].end);
    return sign < text.tokens[i].begin;
}

}  // namespace

void add_prose_brand(std::string_view name, const Lexicon& lexicon, std::vector<BrandName>& out) {
    BrandName brand = brand_name(name, lexicon);
    brand.is_stated = false;
    if (brand.key.size() < 3 || out.size() >= brands_max) return;
    if (std::ranges::find(out, brand.hash, &BrandName::hash) == out.end())
        out.push_back(std::move(brand));
}

void find_prose_brands(const Text& name, const Reading& reading, const Lexicon& lexicon,
                       std::vector<BrandName>& out) {
    std::vector<bool> known(name.tokens.size());
    std::vector<bool> noise(name.tokens.size());
    for (const ProductWord& word : reading.products)
        std::fill(known.begin() + word.first, known.begin() + word.last, true);
    for (const PhraseHit& cue : reading.cues) {
        auto& marked = static_cast<Cue>(cue.id) == Cue::noise ? noise : known;
        std::fill(marked.begin() + cue.first, marked.begin() + cue.last, true);
    }
    for (std::size_t i = 0; i < name.tokens.size(); ++i) {
        if (!begins_field(name, i)) continue;
        while (i < name.tokens.size() && noise[i])
            ++i;
        std::size_t last = i;
        while (last < name.tokens.size() && last - i < leading_words_max && !known[last] &&
               !noise[last] && !name.tokens[last].cjk() && (last == i || !is_parted(name, last)))
            ++last;
        // Where the brand ends and the model begins is not told: each beginning may be it.
        for (std::size_t end = last; end > i; --end)
            add_prose_brand(name.between(i, end), lexicon, out);
    }
}

void find_branded(const Text& prose, const Lexicon& lexicon, std::vector<BrandName>& out) {
    for (std::size_t i = 1; i < prose.tokens.size(); ++i) {
        const std::string_view word = prose.word(i);
        if (word != "brand" && word != "branded") continue;
        std::size_t first = i - 1;
        while (first > 0 && !prose.tokens[first].after_blank)
            --first;
        add_prose_brand(prose.between(first, i), lexicon, out);
    }
}

}  // namespace recall::match
