#pragma once
// What a listing was found to be, into the store. A notice on which somebody decided for this
// listing is left alone; an open match that is none any more is kept and says so. One session, one
// thread.

#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/model/match.h"
#include "gateway/store/session.h"

namespace recall::cases {

struct Matched {
    std::string platform;
    std::string listing;
    std::vector<model::Match> matches;  // every candidate, also those that are no match
};

// Needs a WriteTransaction. How many rows were written; what is stored already is not.
long long store_matches(store::Session& session, const Matched& matched, Instant now);

}  // namespace recall::cases
