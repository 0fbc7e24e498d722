#pragma once
// Which pictures of a notice or a listing are wanted, put on the durable work list, and how they
// stand. Any thread.

#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/base/result.h"
#include "gateway/model/listing.h"
#include "gateway/model/notice.h"
#include "gateway/store/pictures.h"

namespace recall::json {
class Writer;
}

namespace recall::pictures {

inline constexpr std::size_t pictures_a_notice_max = 100;
inline constexpr std::size_t pictures_a_listing_max = 10;
// On the work list at once. What people ask for is refused beyond; what follows notices waits.
inline constexpr long long wanted_max = 20'000;

// How a picture is named, here and in the API.
std::string picture_id(std::string_view url);

// The first pictures, each once.
std::vector<model::Image> pictures_of(const model::Notice& notice);
std::vector<std::string> picture_urls(const model::Listing& listing);

// A person's asking has pictures that failed tried again; a rule's does not.
enum class AskedBy { person, rule };

// Fails with rate_limited when the work list is full. Needs a WriteTransaction.
Result<void> want_pictures(store::Session& session, const model::Notice& notice, AskedBy asked_by,
                           Instant now);
Result<void> want_pictures(store::Session& session, const model::Listing& listing, AskedBy asked_by,
                           Instant now);

// An object for each picture of the notice: its id, url, state (unfetched, wanted, stored, failed)
// and what belongs to that state.
void write_pictures(json::Writer& out, store::Session& session, const model::Notice& notice);

}  // namespace recall::pictures
