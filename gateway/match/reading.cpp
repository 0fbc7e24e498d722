#include "gateway/match/reading.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "gateway/text/hash.h"

namespace recall::match {
namespace {

constexpr std::size_t aside_words_max = 7;        // after "for"
constexpr std::size_t aside_characters_max = 14;  // of Han and kana
constexpr std::size_t compound_letters_min = 8;
constexpr std::size_t compound_head_letters_min = 4;

void mark(std::vector<bool>& aside, std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i)
        aside[i] = true;
}

// One past the last token of the phrase that begins at `first`.
std::size_t phrase_end(const Text& text, std::size_t first) {
    std::size_t i = first;
    for (; i < text.tokens.size(); ++i) {
        if (i > first && is_parted(text, i)) break;
        const bool cjk = text.tokens[i].cjk();
        if (i > first && cjk && text.tokens[i].after_blank) break;
        if (i - first >= (cjk ? aside_characters_max : aside_words_max)) break;
    }
    return i;
}

// The first token of the phrase that ends before `last`.
std::size_t phrase_begin(const Text& text, std::size_t last) {
    std::size_t i = last;
    while (i > 0 && last - i < aside_characters_max) {
        --i;
        if (text.tokens[i].after_blank || is_parted(text, i)) break;
    }
    return i;
}

void find_asides(const Text& text, Reading& reading) {
    for (const PhraseHit& hit : reading.cues) {
        switch (static_cast<Cue>(hit.id)) {
            case Cue::compatible_after:
            case Cue::without:
                mark(reading.aside, hit.last, phrase_end(text, hit.last));
                break;
            case Cue::compatible_before:
                // "用" ends what it fits; at the beginning of a phrase it is another word.
                if (hit.first > 0 && !text.tokens[hit.first].after_blank)
                    mark(reading.aside, phrase_begin(text, hit.first), hit.first);
                break;
            default:
                break;
        }
    }
}

// German and its neighbours write "Minilichterkette": the end of the word names the thing.
std::span<const std::uint32_t> compound_head(std::string_view word, const PhraseTable& products) {
    std::string buffer;
    for (std::size_t cut = 0; cut + compound_head_letters_min <= word.size(); ++cut) {
        if ((static_cast<unsigned char>(word[cut]) & 0xC0U) == 0x80U) continue;
        const std::string_view head = word.substr(cut);
        if (cut > 0) {
            const auto ids = products.find_word(text::hash(text::stem(head, buffer)));
            if (!ids.empty()) return ids;
        }
        for (const std::string_view ending : {"en", "er", "n", "e"}) {
            if (head.size() < compound_head_letters_min + ending.size() || !head.ends_with(ending))
                continue;
            const auto ids =
                products.find_word(text::hash(head.substr(0, head.size() - ending.size())));
            if (!ids.empty()) return ids;
        }
    }
    return {};
}

void find_products(const Text& text, const Lexicon& lexicon, Reading& reading) {
    std::vector<PhraseHit> hits;
    lexicon.products().scan(text.tokens, hits);
    std::vector<bool> known(text.tokens.size());
    for (const PhraseHit& hit : hits) {
        reading.products.push_back({hit.id, hit.first, hit.last});
        mark(known, hit.first, hit.last);
    }
    for (std::uint32_t i = 0; i < text.tokens.size(); ++i) {
        const text::Token& token = text.tokens[i];
        if (known[i] || token.script != text::Script::latin || token.has_digit ||
            token.end - token.begin < compound_letters_min)
            continue;
        for (const std::uint32_t id : compound_head(text.word(i), lexicon.products()))
            reading.products.push_back({id, i, i + 1});
    }
    std::ranges::stable_sort(reading.products, {}, &ProductWord::first);
}

// "stroller organizer", "电池充电器": a product word right before another is not the thing itself.
void find_offered(const Text& text, const Lexicon& lexicon, Reading& reading) {
    for (ProductWord& word : reading.products) {
        word.is_offered = !reading.is_aside(word.first, word.last);
        if (!word.is_offered || word.last >= text.tokens.size() || is_parted(text, word.last))
            continue;
        if (text.tokens[word.last].cjk() && text.tokens[word.last].after_blank) continue;
        for (const ProductWord& next : reading.products) {
            if (next.first == word.last && !lexicon.product(next.id).describes() &&
                lexicon.family_of(next.id) != lexicon.family_of(word.id))
                word.is_offered = false;
        }
    }
}

}  // namespace

bool Reading::is_aside(std::uint32_t first, std::uint32_t last) const {
    for (std::uint32_t i = first; i < last; ++i) {
        if (aside[i]) return true;
    }
    return false;
}

bool is_parted(const Text& text, std::size_t token) {
    if (token == 0) return true;
    const std::size_t begin = text.tokens[token - 1].end;
    const std::size_t size = text.tokens[token].begin - begin;
    const std::string_view gap = std::string_view(text.folded).substr(begin, size);
    return gap.find_first_not_of(" -_.'&+/*\"") != std::string_view::npos ||
           gap.find(" - ") != std::string_view::npos || gap.find(". ") != std::string_view::npos;
}

Reading read_meaning(const Text& text, const Lexicon& lexicon) {
    Reading reading;
    reading.aside.resize(text.tokens.size());
    lexicon.cues().scan(text.tokens, reading.cues);
    for (const PhraseHit& hit : reading.cues)
        reading.has_cue.set(hit.id);
    find_asides(text, reading);
    find_products(text, lexicon, reading);
    find_offered(text, lexicon, reading);
    return reading;
}

}  // namespace recall::match
