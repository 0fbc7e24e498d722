#pragma once
// A listing or product as interface partners send it: one JSON object, usually one a line. Strict:
// unknown or doubled members, wrong types, NUL, bad UTF-8 and texts over their limits are refused,
// naming the member. Any thread; reading is built for bulk.

#include <string>
#include <string_view>

#include "gateway/base/result.h"
#include "gateway/json/writer.h"
#include "gateway/model/listing.h"

namespace recall::json {

struct ListingLimits {
    std::size_t line_bytes_max = 1U << 20U;
    std::size_t text_bytes_max = 64U << 10U;
    std::size_t images_max = 200;
    std::size_t attributes_max = 500;
};

// `id` and `title` must be there; `kind` is listing unless it says product; an empty text counts as
// absent; a number is taken as its text. Fails with bad_json, bad_encoding, duplicate_key, schema
// or limit.
Result<model::Listing> read_listing(std::string_view line, const ListingLimits& limits = {});

// The same without the checks of check_listing, for those who add what the sender left out. When it
// fails, `member` names the member at fault; empty when it is none.
Result<model::Listing> read_members(std::string_view line, std::string& member,
                                    const ListingLimits& limits = {});

// The same checks for a listing put together from elsewhere, such as a CSV row: `image_urls` are
// parted by blanks, `attributes.X` is the attribute X.
Result<void> check_member_name(std::string_view name);
Result<void> set_member(model::Listing& listing, std::string_view name, std::string_view text,
                        const ListingLimits& limits = {});
Result<void> check_listing(const model::Listing& listing);

void write_listing(Writer& out, const model::Listing& listing);
std::string write_listing(const model::Listing& listing);

}  // namespace recall::json
