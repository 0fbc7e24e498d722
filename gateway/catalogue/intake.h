#pragma once
// Rows on their way into the store: counts what came of each, refuses an id that stood before in
// the same file or request, and stores in transactions of rows_a_transaction. One thread.

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/catalogue/judge.h"
#include "gateway/store/database.h"

namespace recall::catalogue {

struct Counts {
    long long created = 0;
    long long changed = 0;
    long long unchanged = 0;
    long long refused = 0;
    long long set_aside = 0;  // stored, but something of the row was not used

    Counts& operator+=(const Counts& other);
};

inline constexpr std::size_t rows_a_transaction = 1000;

// Ids are remembered up to this many, so that memory is bounded; later rows are not compared.
inline constexpr std::size_t ids_remembered_max = 2'000'000;

// Stores listings in the caller's transaction.
Counts store_listings(store::Session& session, std::span<const model::Listing> listings,
                      Instant now);

// Refuses a second row of the same platform and id.
class SeenIds {
  public:
    void check(long place, Judged& judged);

  private:
    std::unordered_map<std::uint64_t, long> places_;  // by hash of platform and id
};

// Collects rows and stores them; finish() stores what is left.
class Intake {
  public:
    Intake(store::Database& database, const Clock& clock) : database_(database), clock_(clock) {}

    // Takes the listing out of the row. False when the row is refused, for reasons in its findings.
    bool add(long place, Judged& judged);
    void finish();
    const Counts& counts() const { return counts_; }

  private:
    store::Database& database_;
    const Clock& clock_;
    SeenIds seen_;
    std::vector<model::Listing> waiting_;
    Counts counts_;
};

}  // namespace recall::catalogue
