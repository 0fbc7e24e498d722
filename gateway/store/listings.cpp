#include "gateway/store/listings.h"

#include "gateway/store/column_text.h"
#include "gateway/store/page.h"

#include <algorithm>

namespace recall::store {
namespace {

constexpr std::string_view column_letters = "ttttn";

constexpr Sql find_listing{"listing.get",
                           "select platform, id, json, stored_at, change from listing "
                           "where platform = :platform and id = :id",
                           column_letters};
constexpr Sql set_listing{
    "listing.set",
    "insert into listing (platform, id, gtin, json, stored_at, change) "
    "values (:platform, :id, :gtin, :json, :now, :change) on conflict (platform, id) "
    "do update set gtin = excluded.gtin, json = excluded.json, stored_at = excluded.stored_at, "
    "change = excluded.change"};
constexpr Sql find_by_gtin{"listing.by_gtin",
                           "select platform, id, json, stored_at, change from listing "
                           "where gtin = :gtin and gtin <> '' order by platform, id limit :rows",
                           column_letters};
constexpr Sql find_changed{
    "listing.changed_after",
    "select platform, id, json, stored_at, change from listing where change > :change "
    "and (:any_platform = 1 or platform = :platform) order by change limit :rows",
    column_letters};
constexpr Sql delete_listing{"listing.delete",
                             "delete from listing where platform = :platform and id = :id"};
constexpr Sql count_listings{
    "listing.count",
    "select count(*) from listing where (:any_platform = 1 or platform = :platform)", "n"};

std::vector<StoredListing> stored_listings(Rows rows) {
    std::vector<StoredListing> found;
    while (rows.next()) {
        found.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.number(4)});
    }
    return found;
}

long long bounded(std::size_t rows) {
    return static_cast<long long>(std::clamp<std::size_t>(rows, 1, page_rows_max));
}

}  // namespace

ListingChange Listings::upsert(const model::Listing& listing, std::string_view json, Instant now) {
    const std::optional<StoredListing> before = get(listing.platform, listing.id);
    if (before && before->json == json) return ListingChange::unchanged;
    session_.execute(set_listing, {{"platform", listing.platform},
                                   {"id", listing.id},
                                   {"gtin", listing.gtin},
                                   {"json", json},
                                   {"now", instant_text(now)},
                                   {"change", session_.next_change("listing")}});
    return before ? ListingChange::changed : ListingChange::created;
}

std::optional<StoredListing> Listings::get(std::string_view platform, std::string_view id) {
    auto found =
        stored_listings(session_.query(find_listing, {{"platform", platform}, {"id", id}}));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<StoredListing> Listings::by_gtin(std::string_view gtin, std::size_t rows) {
    return stored_listings(session_.query(find_by_gtin, {{"gtin", gtin}, {"rows", bounded(rows)}}));
}

std::vector<StoredListing> Listings::changed_after(long long change, std::string_view platform,
                                                   std::size_t rows) {
    return stored_listings(
        session_.query(find_changed, {{"change", change},
                                      {"any_platform", platform.empty() ? 1LL : 0LL},
                                      {"platform", platform},
                                      {"rows", bounded(rows)}}));
}

bool Listings::remove(std::string_view platform, std::string_view id) {
    return session_.execute(delete_listing, {{"platform", platform}, {"id", id}}) == 1;
}

long long Listings::count(std::string_view platform) {
    Rows rows = session_.query(
        count_listings, {{"any_platform", platform.empty() ? 1LL : 0LL}, {"platform", platform}});
    return rows.next() ? rows.number(0) : 0;
}

}  // namespace recall::store
