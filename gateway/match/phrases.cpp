#include "gateway/match/phrases.h"

#include <algorithm>

#include "gateway/text/hash.h"
#include "gateway/text/normalise.h"

namespace recall::match {
namespace {

constexpr std::uint64_t start = 0x5DEECE66DULL;

}  // namespace

bool PhraseTable::add(std::string_view phrase, std::uint32_t id) {
    const std::string folded = text::folded_form(phrase);
    std::vector<text::Token> tokens;
    text::split(folded, tokens);
    if (tokens.empty() || tokens.size() > phrase_tokens_max) return false;
    std::uint64_t key = start;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        key = text::mix(key, tokens[i].hash);
        Entry& entry = entries_[key];
        if (i + 1 < tokens.size()) {
            entry.goes_on = true;
        } else if (std::ranges::find(entry.ids, id) == entry.ids.end()) {
            entry.ids.push_back(id);
            ++size_;
        }
    }
    return true;
}

void PhraseTable::scan(std::span<const text::Token> tokens, std::vector<PhraseHit>& out) const {
    for (std::size_t i = 0; i < tokens.size();) {
        std::uint64_t key = start;
        const Entry* best = nullptr;
        std::size_t best_end = i + 1;
        for (std::size_t k = i; k < tokens.size(); ++k) {
            key = text::mix(key, tokens[k].hash);
            const auto found = entries_.find(key);
            if (found == entries_.end()) break;
            if (!found->second.ids.empty()) {
                best = &found->second;
                best_end = k + 1;
            }
            if (!found->second.goes_on) break;
        }
        if (best != nullptr) {
            for (const std::uint32_t id : best->ids)
                out.push_back(
                    {id, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(best_end)});
        }
        i = best_end;
    }
}

std::span<const std::uint32_t> PhraseTable::find(std::span<const text::Token> tokens) const {
    if (tokens.empty()) return {};
    std::uint64_t key = start;
    for (const text::Token& token : tokens)
        key = text::mix(key, token.hash);
    const auto found = entries_.find(key);
    return found == entries_.end() ? std::span<const std::uint32_t>() : found->second.ids;
}

std::span<const std::uint32_t> PhraseTable::find_word(std::uint64_t hash) const {
    const auto found = entries_.find(text::mix(start, hash));
    return found == entries_.end() ? std::span<const std::uint32_t>() : found->second.ids;
}

}  // namespace recall::match
