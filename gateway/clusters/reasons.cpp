#include "gateway/clusters/reasons.h"

#include <algorithm>
#include <cstdlib>

namespace recall::clusters {
namespace {

using match::BrandName;
using model::KeyKind;
using model::LinkReason;
using model::NoticeLink;

constexpr std::size_t lone_word_letters_min = 5;

// The words of one are all in the other: "Glimmer" and "Glimmer Haus". A short word alone is in
// too many names.
bool is_part(const BrandName& one, const BrandName& other) {
    const BrandName& fewer = one.words.size() < other.words.size() ? one : other;
    const BrandName& more = &fewer == &one ? other : one;
    if (fewer.words.empty() || !std::ranges::includes(more.words, fewer.words)) return false;
    if (fewer.words.size() == more.words.size()) return true;
    return fewer.words.size() > 1 || fewer.key.size() >= lone_word_letters_min;
}

// "A" or "A = B" as both spell the firm; empty when they name none in common.
std::string common_firm(const Card& one, const Card& other) {
    for (const BrandName& ours : one.firms) {
        for (const BrandName& theirs : other.firms) {
            if (ours.hash != theirs.hash && !is_part(ours, theirs)) continue;
            return ours.raw == theirs.raw ? ours.raw : ours.raw + " = " + theirs.raw;
        }
    }
    return {};
}

class Judge {
  public:
    Judge(const Card& one, const Card& other, const IsGeneric& is_generic)
        : one_(one.id < other.id ? one : other),
          other_(one.id < other.id ? other : one),
          is_generic_(is_generic) {}

    std::vector<NoticeLink> links() {
        same_number();
        same_address();
        references(one_, other_);
        references(other_, one_);
        shared_numbers();
        return std::move(links_);
    }

  private:
    void add(LinkReason reason, std::string field, std::string value, std::string firm = {}) {
        if (std::ranges::find(links_, reason, &NoticeLink::reason) != links_.end()) return;
        links_.push_back(
            {one_.id, other_.id, reason, std::move(field), std::move(value), std::move(firm)});
    }

    // The number is unique with its authority; a second language is a second notice at times.
    void same_number() {
        if (one_.number_key.empty() || one_.number_key != other_.number_key) return;
        if (is_generic_({KeyKind::number, one_.number_key})) return;
        const bool is_other_language =
            one_.source == other_.source && one_.language != other_.language;
        add(is_other_language ? LinkReason::translation_of : LinkReason::same_number, "number",
            one_.number);
    }

    void same_address() {
        if (one_.source == other_.source || one_.address.empty()) return;
        if (one_.address != other_.address) return;
        if (is_generic_({KeyKind::address, one_.address})) return;
        add(LinkReason::same_address, "url", one_.url);
    }

    void references(const Card& from, const Card& to) {
        for (const Reference& reference : from.references) {
            if (!reference.id.empty() && reference.id == to.id) {
                add(reference.reason, "related.id", reference.id);
            } else if (!reference.address.empty() && leads_to(reference.address, to)) {
                add(reference.reason, "related.url", reference.url);
            }
        }
    }

    bool leads_to(const std::string& address, const Card& to) const {
        if (address == to.address) return !is_generic_({KeyKind::address, address});
        return std::ranges::find(to.pages, address) != to.pages.end() &&
               !is_generic_({KeyKind::page, address});
    }

    void shared_numbers() {
        // One authority tells a recall once: its second notice is about something else.
        if (one_.teller == other_.teller || !one_.day || !other_.day) return;
        days_apart_ = std::abs(*one_.day - *other_.day);
        const Number* gtin = shared(KeyKind::gtin, one_.gtins, other_.gtins);
        const Number* model =
            are_other_articles() ? nullptr : shared(KeyKind::model, one_.models, other_.models);
        if (gtin == nullptr && model == nullptr) return;
        const std::string firm = common_firm(one_, other_);
        if (firm.empty()) return;
        if (gtin != nullptr) add(LinkReason::shared_gtin, gtin->field, gtin->raw, firm);
        if (model != nullptr) add(LinkReason::shared_model, model->field, model->raw, firm);
    }

    // Both tell article numbers, and other ones: another size or another generation of the model.
    bool are_other_articles() const {
        const auto is_shared = [this](const Number& number) {
            return std::ranges::find(other_.gtins, number.key, &Number::key) != other_.gtins.end();
        };
        return !one_.gtins.empty() && !other_.gtins.empty() &&
               std::ranges::none_of(one_.gtins, is_shared);
    }

    // The first that counts, from one_, as it is written there.
    const Number* shared(KeyKind kind, const std::vector<Number>& ours,
                         const std::vector<Number>& theirs) const {
        for (const Number& number : ours) {
            const auto same = std::ranges::find(theirs, number.key, &Number::key);
            if (same == theirs.end() || is_generic_({kind, number.key})) continue;
            if (days_apart_ <= std::min(days_max(kind, number), days_max(kind, *same)))
                return &number;
        }
        return nullptr;
    }

    static long long days_max(KeyKind kind, const Number& number) {
        if (kind == KeyKind::gtin) return gtin_days_max;
        return number.is_named ? named_model_days_max : model_days_max;
    }

    const Card& one_;
    const Card& other_;
    const IsGeneric& is_generic_;
    long long days_apart_ = 0;
    std::vector<NoticeLink> links_;
};

}  // namespace

std::vector<NoticeLink> reasons(const Card& one, const Card& other, const IsGeneric& is_generic) {
    return Judge(one, other, is_generic).links();
}

}  // namespace recall::clusters
