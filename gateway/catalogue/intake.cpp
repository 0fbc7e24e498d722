#include "gateway/catalogue/intake.h"

#include "gateway/json/listing_json.h"
#include "gateway/store/listings.h"
#include "gateway/text/hash.h"

namespace recall::catalogue {

Counts& Counts::operator+=(const Counts& other) {
    created += other.created;
    changed += other.changed;
    unchanged += other.unchanged;
    refused += other.refused;
    set_aside += other.set_aside;
    return *this;
}

Counts store_listings(store::Session& session, std::span<const model::Listing> listings,
                      Instant now) {
    Counts counts;
    store::Listings stored(session);
    for (const model::Listing& listing : listings) {
        switch (stored.upsert(listing, json::write_listing(listing), now)) {
            case store::ListingChange::created:
                ++counts.created;
                break;
            case store::ListingChange::changed:
                ++counts.changed;
                break;
            case store::ListingChange::unchanged:
                ++counts.unchanged;
                break;
        }
    }
    return counts;
}

void SeenIds::check(long place, Judged& judged) {
    if (!judged.listing) return;
    const std::uint64_t key =
        text::mix(text::hash(judged.listing->platform), text::hash(judged.listing->id));
    const auto found = places_.find(key);
    if (found == places_.end()) {
        if (places_.size() < ids_remembered_max) places_.emplace(key, place);
        return;
    }
    judged.listing.reset();
    judged.findings = {
        {"id", ErrorCode::conflict,
         "stood before, at " + std::to_string(found->second) + "; the first one counts"}};
}

bool Intake::add(long place, Judged& judged) {
    seen_.check(place, judged);
    if (!judged.listing) {
        ++counts_.refused;
        return false;
    }
    if (!judged.findings.empty()) ++counts_.set_aside;
    waiting_.push_back(*std::move(judged.listing));
    if (waiting_.size() == rows_a_transaction) finish();
    return true;
}

void Intake::finish() {
    if (waiting_.empty()) return;
    counts_ += store::in_write_transaction(database_, [&](store::Session& session) {
        return store_listings(session, waiting_, clock_.now());
    });
    waiting_.clear();
}

}  // namespace recall::catalogue
