#pragma once
// Listings of platforms and products of the domestic register, under (platform, id). The JSON text
// is the caller's. Writes need a WriteTransaction. One session, one thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/model/listing.h"
#include "gateway/store/session.h"

namespace recall::store {

struct StoredListing {
    std::string platform{};
    std::string id{};
    std::string json{};
    std::string stored_at{};
    long long change = 0;  // place in the order of changes
};

enum class ListingChange { created, changed, unchanged };

class Listings {
  public:
    explicit Listings(Session& session) : session_(session) {}

    ListingChange upsert(const model::Listing& listing, std::string_view json, Instant now);
    std::optional<StoredListing> get(std::string_view platform, std::string_view id);
    std::vector<StoredListing> by_gtin(std::string_view gtin, std::size_t rows);

    // Listings changed after `change`, oldest change first; an empty platform means all.
    std::vector<StoredListing> changed_after(long long change, std::string_view platform,
                                             std::size_t rows);
    bool remove(std::string_view platform, std::string_view id);
    long long count(std::string_view platform);

  private:
    Session& session_;
};

}  // namespace recall::store
