// The model number: equal, a variant, a sibling of the same make, another, or not told.

#include <algorithm>

#include "gateway/match/evidence.h"

namespace recall::match {
namespace {

constexpr std::size_t variant_characters_min = 5;
constexpr std::size_t sibling_prefix_min = 2;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool has_digit(std::string_view key) { return std::ranges::any_of(key, is_digit); }

// Whether the tokens are a whole number, not the beginning or end of a longer one ("VX-2200-BK").
bool is_whole(const Text& text, const Span& span) {
    const auto joined = [&](std::uint32_t i) {
        return i > 0 && i < text.tokens.size() && !text.tokens[i].after_blank &&
               !is_parted(text, i) && !text.tokens[i].cjk() && !text.tokens[i - 1].cjk();
    };
    return !joined(span.first) && !joined(span.last);
}

struct Place {
    std::string raw;
    bool is_whole = false;
};

Place place_in(const Text& text, std::span<const Span> spans, std::uint64_t hash) {
    Place found;
    const Span* const end = spans.data() + spans.size();
    for (const Span* span = find_span(spans, hash);
         span != nullptr && span != end && span->hash == hash && !found.is_whole; ++span)
        found = {std::string(text.between(span->first, span->last)), is_whole(text, *span)};
    return found;
}

// Where the listing holds this number, if it does.
Place found_in(const Pair& pair, const ModelNumber& ours) {
    const Query& query = pair.query;
    for (const ModelNumber& theirs : query.models) {
        if (theirs.hash == ours.hash) return {theirs.raw, true};
    }
    const Place detail = place_in(query.details, query.detail_spans, ours.hash);
    if (detail.is_whole) return detail;
    const Place title = place_in(query.title, query.spans, ours.hash);
    return title.is_whole || detail.raw.empty() ? title : detail;
}

Level level_of_equal(const Pair& pair, const ModelNumber& ours) {
    if (!has_digit(ours.key)) return Level::model_named;
    if (ours.source == ModelSource::run) return Level::model_mentioned;
    if (ours.source == ModelSource::name && ours.strength == text::ModelStrength::weak)
        return Level::model_in_name;
    if (ours.strength == text::ModelStrength::strong) return Level::model_equal;
    const bool stated = std::ranges::any_of(
        pair.query.models, [&](const ModelNumber& theirs) { return theirs.hash == ours.hash; });
    return stated && ours.strength == text::ModelStrength::weak ? Level::model_equal_weak
                                                                : Level::model_named;
}

// A model that is a name of everyday words ("Compact", "LED") names nothing.
bool tells(const Pair& pair, const ModelNumber& ours) {
    const BrandName name = brand_name(ours.raw, pair.lexicon);
    return !name.is_everyday && std::ranges::any_of(name.words, [&](std::uint64_t word) {
        return pair.rarity.of_word(word) >= rare_min;
    });
}

// One continues the other: "KS101544" and "KS101544-P00005".
bool is_variant(const ModelNumber& a, const ModelNumber& b) {
    const auto& shorter = a.key.size() < b.key.size() ? a : b;
    const auto& longer = a.key.size() < b.key.size() ? b : a;
    return shorter.key.size() >= variant_characters_min && has_digit(shorter.key) &&
           shorter.strength == text::ModelStrength::strong && longer.key.starts_with(shorter.key);
}

// The same letters and digits in the same places, and the same beginning: "MG6020", "MG6030".
bool is_sibling(std::string_view a, std::string_view b) {
    std::size_t same = 0;
    while (same < a.size() && same < b.size() && a[same] == b[same])
        ++same;
    if (same < sibling_prefix_min || !has_digit(a) || !has_digit(b)) return false;
    if (!is_digit(a[0]) && !is_digit(a[1])) return true;
    return a.size() == b.size();
}

// Whether something that looks like a number can stand against what the notice states.
bool is_number(const ModelNumber& number) {
    return has_digit(number.key) && number.strength != text::ModelStrength::none;
}

int rank(Level level) {
    switch (level) {
        case Level::model_equal:
            return 6;
        case Level::model_mentioned:
            return 5;
        case Level::model_named:
        case Level::model_in_name:
            return 4;
        case Level::model_equal_weak:
            return 3;
        case Level::model_variant:
            return 2;
        default:
            return 0;
    }
}

Finding find_variant(const Pair& pair) {
    for (const auto* numbers : {&pair.query.models, &pair.query.runs}) {
        for (const ModelNumber& theirs : *numbers) {
            for (const ModelNumber& ours : pair.line.models) {
                if (is_variant(ours, theirs)) return {Level::model_variant, ours.raw, theirs.raw};
            }
        }
    }
    return {};
}

// Both names hold a short number of the same form, and another one: "321", "511".
Finding find_other_in_name(const Pair& pair, const ModelNumber& ours) {
    const auto form = [](const std::string& key) {
        std::string out = key;
        for (char& c : out)
            c = is_digit(c) ? '0' : 'A';
        return out;
    };
    for (const auto* numbers : {&pair.query.models, &pair.query.runs}) {
        for (const ModelNumber& theirs : *numbers) {
            if (is_number(theirs) && form(theirs.key) == form(ours.key))
                return {Level::model_other_name, ours.raw, theirs.raw};
        }
    }
    return {};
}

// What the listing's other number says against it.
Finding find_other(const Pair& pair) {
    Finding found;
    for (const ModelNumber& ours : pair.line.models) {
        if (ours.source == ModelSource::run || !is_number(ours)) continue;
        if (ours.source == ModelSource::name) {
            if (found.level == Level::prior) found = find_other_in_name(pair, ours);
            continue;
        }
        for (const ModelNumber& theirs : pair.query.models) {
            if (!is_number(theirs)) continue;
            if (is_sibling(ours.key, theirs.key))
                return {Level::model_sibling, ours.raw, theirs.raw};
            const bool stated = ours.source == ModelSource::field;
            if (found.level == Level::prior)
                found = {stated ? Level::model_other : Level::model_other_prose, ours.raw,
                         theirs.raw};
        }
        for (const ModelNumber& theirs : pair.query.runs) {
            if (theirs.strength != text::ModelStrength::strong) continue;
            if (found.level == Level::prior) found = {Level::model_other_run, ours.raw, theirs.raw};
        }
    }
    return found;
}

}  // namespace

void model_evidence(const Pair& pair, Findings& out) {
    if (pair.line.models.empty()) return;
    Finding best;
    for (const ModelNumber& ours : pair.line.models) {
        const Place theirs = found_in(pair, ours);
        if (theirs.raw.empty()) continue;
        Level level = level_of_equal(pair, ours);
        if (!theirs.is_whole) level = Level::model_variant;
        if (level == Level::model_named && !tells(pair, ours)) continue;
        if (rank(level) > rank(best.level)) best = {level, ours.raw, theirs.raw};
    }
    if (best.level == Level::prior) best = find_variant(pair);
    if (best.level == Level::prior) best = find_other(pair);
    if (best.level == Level::prior && pair.line.models.front().source <= ModelSource::cue)
        best = {Level::model_unstated, pair.line.models.front().raw, ""};
    if (best.level != Level::prior) out.push_back(std::move(best));
}

}  // namespace recall::match
