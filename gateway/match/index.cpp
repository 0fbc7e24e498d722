#include "gateway/match/index.h"

#include <algorithm>
#include <bit>

#include "gateway/text/gtin.h"
#include "gateway/text/hash.h"

namespace recall::match {
namespace {

constexpr std::uint32_t no_postings = ~0U;
constexpr std::size_t bits_a_word = 64;
constexpr std::size_t filter_bits_a_key = 8;
constexpr unsigned filter_shift = 32;  // other bits than those that choose the slot

template <class Add>
void line_keys(const Line& line, Add add) {
    for (const std::string& gtin : line.gtins)
        add(key_hash(KeyKind::gtin, text::unit_gtin(gtin)));
    for (const std::string& item : line.items)
        add(key_hash(KeyKind::item, item));
    for (const ModelNumber& model : line.models)
        add(key_hash(KeyKind::model, model.hash));
    for (const BrandName& brand : line.brands) {
        add(key_hash(KeyKind::brand, brand.hash));
        for (const std::uint64_t word : brand.words)
            add(key_hash(KeyKind::word, word));
    }
    for (const BrandName& maker : line.makers) {
        for (const std::uint64_t word : maker.words)
            add(key_hash(KeyKind::maker, word));
    }
    for (const std::uint64_t word : line.name_words)
        add(key_hash(KeyKind::word, word));
    for (const std::uint32_t head : line.heads)
        add(key_hash(KeyKind::head, head));
}

}  // namespace

std::uint64_t key_hash(KeyKind kind, std::uint64_t hash) {
    return text::mix(hash, static_cast<std::uint64_t>(kind) + 1);
}

std::uint64_t key_hash(KeyKind kind, std::string_view text) {
    return key_hash(kind, text::hash(text));
}

void query_keys(const Query& query, std::vector<Key>& out) {
    const auto add = [&](KeyKind kind, std::uint64_t hash) {
        out.push_back({key_hash(kind, hash), kind});
    };
    for (const text::Gtin& gtin : query.gtins)
        add(KeyKind::gtin, text::hash(text::unit_gtin(gtin.digits)));
    for (const std::string& item : query.items)
        add(KeyKind::item, text::hash(item));
    for (const ModelNumber& model : query.models)
        add(KeyKind::model, model.hash);
    for (const auto* spans : {&query.spans, &query.detail_spans}) {
        for (const Span& span : *spans) {
            add(KeyKind::model, span.hash);
            if (spans == &query.spans) add(KeyKind::brand, span.hash);
        }
    }
    for (const BrandName& brand : query.brands) {
        add(KeyKind::brand, brand.hash);
        for (const std::uint64_t word : brand.words) {
            add(KeyKind::word, word);
            add(KeyKind::maker, word);
        }
    }
    for (const BrandName& maker : query.makers) {
        for (const std::uint64_t word : maker.words)
            add(KeyKind::maker, word);
    }
    for (const std::uint64_t word : query.words)
        add(KeyKind::word, word);
    for (const std::uint32_t head : query.mentioned)
        add(KeyKind::head, head);
    std::ranges::sort(out, {}, &Key::hash);
    const auto same = [](const Key& a, const Key& b) { return a.hash == b.hash; };
    out.erase(std::unique(out.begin(), out.end(), same), out.end());
}

Segment::Segment(std::vector<std::shared_ptr<const Line>> lines) : lines_(std::move(lines)) {
    Pairs pairs;
    std::vector<std::uint64_t> texts;
    for (std::uint32_t i = 0; i < lines_.size(); ++i) {
        const Line& line = *lines_[i];
        const auto [at, is_new] = by_notice_.try_emplace(line.notice, Range{i, i + 1});
        if (!is_new) at->second.last = i + 1;
        line_keys(line, [&](std::uint64_t key) { pairs.emplace_back(key, i); });
        for (const std::uint64_t word : line.text_words)
            texts.push_back(key_hash(KeyKind::text, word));
    }
    std::ranges::sort(pairs);
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    std::ranges::sort(texts);
    build(pairs, texts);
}

void Segment::build(Pairs& pairs, std::vector<std::uint64_t>& texts) {
    std::size_t keys = 0;
    for (std::size_t i = 0; i < pairs.size(); ++i)
        keys += i == 0 || pairs[i].first != pairs[i - 1].first;
    for (std::size_t i = 0; i < texts.size(); ++i)
        keys += i == 0 || texts[i] != texts[i - 1];
    slots_.resize(std::bit_ceil(keys * 3 / 2 + 2));
    present_.resize(std::bit_ceil(keys / bits_a_word * filter_bits_a_key + 1));
    postings_.reserve(pairs.size());
    Slot* slot = nullptr;
    for (const auto& [key, line] : pairs) {
        if (slot == nullptr || slot->key != key) {
            slot = &slot_for(key);
            slot->first = static_cast<std::uint32_t>(postings_.size());
        }
        postings_.push_back(line);
        ++slot->count;
    }
    for (const std::uint64_t key : texts) {
        if (slot == nullptr || slot->key != key) slot = &slot_for(key);
        slot->first = no_postings;
        ++slot->count;
    }
}

Segment::Slot& Segment::slot_for(std::uint64_t key) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = key & mask;
    while (slots_[at].key != 0)
        at = (at + 1) & mask;
    slots_[at].key = key;
    present_[(key >> filter_shift) & (present_.size() - 1)] |= 1ULL << (key % bits_a_word);
    return slots_[at];
}

const Segment::Slot* Segment::find(std::uint64_t key) const {
    const std::uint64_t word = present_[(key >> filter_shift) & (present_.size() - 1)];
    if ((word & (1ULL << (key % bits_a_word))) == 0) return nullptr;
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = key & mask; slots_[at].key != 0; at = (at + 1) & mask) {
        if (slots_[at].key == key) return &slots_[at];
    }
    return nullptr;
}

std::span<const std::uint32_t> Segment::postings(std::uint64_t key) const {
    const Slot* slot = find(key);
    if (slot == nullptr || slot->first == no_postings) return {};
    return std::span(postings_).subspan(slot->first, slot->count);
}

std::size_t Segment::frequency(std::uint64_t key) const {
    const Slot* slot = find(key);
    return slot == nullptr ? 0 : slot->count;
}

Segment::Range Segment::lines_of(std::string_view notice) const {
    const auto at = by_notice_.find(notice);
    return at == by_notice_.end() ? Range{} : at->second;
}

std::size_t Segment::bytes() const {
    std::size_t sum = slots_.size() * sizeof(Slot) + present_.size() * sizeof(present_[0]) +
                      postings_.capacity() * sizeof(std::uint32_t) +
                      lines_.capacity() * sizeof(lines_[0]) +
                      by_notice_.size() * (sizeof(Range) + 4 * sizeof(void*));
    for (const auto& line : lines_)
        sum += line->bytes();
    return sum;
}

}  // namespace recall::match
