#pragma once
// What the parts of one run of a source share: on what it works, and what came of it so far. Every
// transaction of a run renews its lease first, so that a run that lost it writes nothing more.
// One thread.

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/base/errors.h"
#include "gateway/base/log.h"
#include "gateway/mapping/mapping_file.h"
#include "gateway/net/fetch.h"
#include "gateway/store/database.h"
#include "gateway/store/runs.h"

namespace recall::ingest {

inline constexpr std::size_t records_a_batch = 500;
inline constexpr std::size_t bytes_a_batch = 8U << 20U;
inline constexpr std::size_t errors_told_max = 3;  // in the reason of a run

struct RunParts {
    store::Database& database;
    net::Fetcher& fetcher;
    const Clock& clock;
    std::string owner;  // holds the leases; no two processes have the same
    std::chrono::milliseconds lease_length{60'000};
    std::chrono::milliseconds lease_renewal{20'000};
};

struct RunWork {
    const RunParts& parts;
    const mapping::Mapping& mapping;
    std::stop_token stop;
    long long run = 0;
    store::RunCounts counts{};
    long long documents_taken = 0;
    long long nameless = 0;        // quarantined records without a key
    bool has_quarantined = false;  // rows that a good record may close
    std::vector<Error> errors{};   // the first of them, which the reason tells
    long long error_count = 0;
    std::optional<Instant> asked_until{};  // the source's latest word on when it may be asked again

    const std::string& source() const { return mapping.source; }
    // The end of the run logs its reason: only what that does not tell is logged here.
    void note(const Error& error) {
        ++error_count;
        if (errors.size() < errors_told_max) {
            errors.push_back(error);
        } else {
            log(error, "ingest", {{"source", source()}});
        }
    }
};

std::string lease_name(const std::string& source);

// Takes or renews the lease of a source; false while another holds it. Inside a WriteTransaction.
bool hold_lease(store::Session& session, const RunParts& parts, const std::string& source);
void release_lease(store::Session& session, const RunParts& parts, const std::string& source);

// in_write_transaction with the lease renewed; throws Failure(conflict) when it is lost.
template <class Work>
auto in_run_transaction(const RunParts& parts, const std::string& source, Work work) {
    return store::in_write_transaction(parts.database, [&](store::Session& session) {
        if (!hold_lease(session, parts, source)) {
            throw Failure(ErrorCode::conflict,
                          "another gateway took the run of " + source + " over");
        }
        return work(session);
    });
}

}  // namespace recall::ingest
