#pragma once
// Whether a listing can be stored, beyond being well-formed: lengths, links, dates, amounts, codes.
// Everything wrong with a row is found, not the first thing. Pure; any thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/json/listing_json.h"
#include "gateway/model/listing.h"

namespace recall::catalogue {

inline constexpr std::size_t id_bytes_max = 256;
inline constexpr std::size_t title_bytes_max = 4096;
inline constexpr std::size_t word_bytes_max = 1024;  // brand, model, seller, category, …
inline constexpr std::size_t url_bytes_max = 4096;

// Where an article number that is none is kept.
inline constexpr std::string_view gtin_as_sent = "gtin_as_sent";

// Something wrong with a member of a row; `member` is empty when it is the row itself.
struct Finding {
    std::string member;
    ErrorCode code = ErrorCode::bad_value;
    std::string reason;
};

// What the rows of a file or request are. A row that leaves it out gets it, another is refused.
struct Expected {
    std::string platform;  // empty: each row names its own
    std::string kind;      // empty: each row may name its own, else it is a listing
};

struct Judged {
    std::string id;                         // as far as it could be read
    std::optional<model::Listing> listing;  // nothing: the row is refused
    std::vector<Finding> findings;          // with a listing: what was set aside
};

// A GTIN that is right becomes its 14 digits. One that is wrong refuses nothing: it moves to the
// attribute gtin_as_sent, and a finding says so.
Judged judge(model::Listing listing, const Expected& expected);

// One JSON object.
Judged judge_json(std::string_view text, const Expected& expected);

// A row that could not be read at all.
Judged refused(std::string member, const Error& error);

}  // namespace recall::catalogue
