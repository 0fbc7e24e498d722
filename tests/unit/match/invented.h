#pragma once
// Notices and listings of invented firms for the matcher's tests, and the shipped lexicon.

#include <memory>
#include <string>
#include <vector>

#include "gateway/match/lexicon.h"
#include "gateway/model/listing.h"
#include "gateway/model/match.h"
#include "gateway/model/notice.h"

namespace recall::match {

std::shared_ptr<const Lexicon> shipped_lexicon();

// What a structured source tells of a hair dryer "Velmoro VX-2200", GTIN 04006381333931.
model::Notice dryer_notice();

// What a source tells in prose only: "Brenwick Recalls Crib Mobiles Due to …".
model::Notice prose_notice();

model::Listing listing(std::string title, std::string brand = {}, std::string model_number = {});

// The levels that a comparison finds, by name, blank between; "prior" left out.
std::string levels(const model::Listing& listing, const model::Notice& notice);

// The same as a match.
model::Match match_of(const model::Listing& listing, const model::Notice& notice);

// " name " is among the levels.
bool has(const std::string& levels, const std::string& name);

}  // namespace recall::match
