#include "gateway/ingest/judge.h"

namespace recall::ingest {
namespace {

std::string number(long long value) { return std::to_string(value); }

}  // namespace

std::vector<std::string> departures(const mapping::FetchBounds& bounds, const RunFacts& facts) {
    std::vector<std::string> out;
    if (facts.scope == Scope::full && facts.known < bounds.full_min) {
        out.push_back("a full run found " + number(facts.known) + " records, at least " +
                      number(bounds.full_min) + " were expected (full-min)");
    }
    if (facts.scope == Scope::full && facts.known > bounds.full_max) {
        out.push_back("a full run found " + number(facts.known) + " records, at most " +
                      number(bounds.full_max) + " were expected (full-max)");
    }
    if (facts.scope == Scope::incremental && facts.counts.fetched > bounds.incremental_max) {
        out.push_back("an incremental run got " + number(facts.counts.fetched) +
                      " records, at most " + number(bounds.incremental_max) +
                      " were expected (incremental-max)");
    }
    if (facts.counts.quarantined * 100 > bounds.quarantine_percent_max * facts.counts.fetched) {
        out.push_back(number(facts.counts.quarantined) + " of " + number(facts.counts.fetched) +
                      " records were quarantined, over " + number(bounds.quarantine_percent_max) +
                      " percent (quarantine-percent-max)");
    }
    return out;
}

std::optional<std::string> too_many_vanished(const mapping::FetchBounds& bounds, long long vanished,
                                             long long before) {
    if (vanished <= vanished_tolerated || vanished * 100 <= bounds.vanished_percent_max * before)
        return std::nullopt;
    return number(vanished) + " of " + number(before) + " records are missing, over " +
           number(bounds.vanished_percent_max) +
           " percent (vanished-percent-max): none was marked vanished";
}

}  // namespace recall::ingest
