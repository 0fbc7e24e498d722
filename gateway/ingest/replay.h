#pragma once
// Quarantined records once more through today's mapping, from the archived documents they came in.
// What maps well now is stored, unless a newer copy is; what does not keeps its place with its new
// issues. One thread. Throws Failure(database).

#include <vector>

#include "gateway/base/clock.h"
#include "gateway/base/result.h"
#include "gateway/mapping/mapping_file.h"
#include "gateway/store/database.h"
#include "gateway/store/quarantine.h"

namespace recall::ingest {

inline constexpr long long replayed_bytes_max = 512LL << 20;  // of one archived document

struct ReplayOutcome {
    long long id = 0;  // of the row in the quarantine
    std::string key;   // of the record, as it reads now
    // replayed with a notice stored; replayed because a newer copy was; or open still.
    enum class Kind { stored, superseded, open } kind = Kind::open;
    std::vector<Issue> issues;
};

// The open rows of the mapping's source; of those only `ids` when there are any.
std::vector<ReplayOutcome> replay(store::Database& database, const Clock& clock,
                                  const mapping::Mapping& mapping,
                                  const std::vector<long long>& ids);

}  // namespace recall::ingest
