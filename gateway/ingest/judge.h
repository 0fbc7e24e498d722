#pragma once
// Whether a run was what the source's bounds call healthy, and whether what it did not see may be
// called vanished. Pure; any thread.

#include <optional>
#include <string>
#include <vector>

#include "gateway/ingest/source.h"
#include "gateway/store/runs.h"

namespace recall::ingest {

// So few records may vanish at once whatever share of the source they are.
inline constexpr long long vanished_tolerated = 3;

struct RunFacts {
    Scope scope = Scope::full;
    store::RunCounts counts{};
    long long known = 0;   // records that stand in the documents this run listed
    long long before = 0;  // records that were present before it
};

// One sentence for each bound that the run departs from.
std::vector<std::string> departures(const mapping::FetchBounds& bounds, const RunFacts& facts);

// Why so many records cannot all have vanished; nothing when they may have.
std::optional<std::string> too_many_vanished(const mapping::FetchBounds& bounds, long long vanished,
                                             long long before);

}  // namespace recall::ingest
