#include "gateway/match/words.h"

#include <algorithm>

#include "gateway/text/hash.h"
#include "gateway/text/model_key.h"
#include "gateway/text/normalise.h"

namespace recall::match {
namespace {

constexpr std::size_t span_bytes_max = 64;

// Cut at a character's beginning.
std::string_view cut(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return text;
    std::size_t end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return text.substr(0, end);
}

bool is_word(const text::Token& token) {
    return token.end - token.begin > 1 || token.script != text::Script::latin || token.has_digit;
}

}  // namespace

std::string_view Text::between(std::size_t first, std::size_t last) const {
    if (first >= last || last > tokens.size()) return {};
    const std::uint32_t begin = tokens[first].begin;
    return std::string_view(folded).substr(begin, tokens[last - 1].end - begin);
}

Text read_text(std::string_view raw, std::size_t bytes_max) {
    Text out;
    text::append_folded(cut(raw, bytes_max), out.folded);
    text::split(out.folded, out.tokens);
    return out;
}

void append_words(const Text& text, std::vector<std::uint64_t>& out) {
    const text::Token* before = nullptr;
    for (const text::Token& token : text.tokens) {
        if (!token.cjk()) {
            if (is_word(token)) out.push_back(token.hash);
            before = nullptr;
            continue;
        }
        if (before != nullptr && !token.after_blank)
            out.push_back(text::mix(before->hash, token.hash));
        before = &token;
    }
}

void sort_unique(std::vector<std::uint64_t>& hashes) {
    std::ranges::sort(hashes);
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

void append_spans(const Text& text, std::vector<Span>& out) {
    const std::vector<text::Token>& tokens = text.tokens;
    std::string key;
    for (std::size_t first = 0; first < tokens.size(); ++first) {
        if (tokens[first].cjk()) continue;
        key.clear();
        const std::size_t end = std::min(tokens.size(), first + span_tokens_max);
        for (std::size_t last = first; last < end && !tokens[last].cjk(); ++last) {
            key += text::model_key(text.word(last));
            if (key.size() > span_bytes_max) break;
            out.push_back({text::model_hash(key), static_cast<std::uint32_t>(first),
                           static_cast<std::uint32_t>(last + 1)});
        }
    }
    std::ranges::sort(out, [](const Span& a, const Span& b) {
        return a.hash != b.hash ? a.hash < b.hash : a.first < b.first;
    });
}

std::uint64_t span_hash(std::string_view folded) {
    return text::model_hash(text::model_key(folded));
}

const Span* find_span(std::span<const Span> spans, std::uint64_t hash) {
    const auto at = std::ranges::lower_bound(spans, hash, {}, &Span::hash);
    return at != spans.end() && at->hash == hash ? &*at : nullptr;
}

}  // namespace recall::match
