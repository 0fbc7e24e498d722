#pragma once
// What a source's notices say and lack today: how many of them have each field, what of their
// records is not mapped, and which texts came to no code. Counted over the notices as they are
// stored, vanished ones left out, so that the numbers do not grow with the runs. One thread. Throws
// Failure(database).

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/store/session.h"
#include "gateway/store/source_state.h"

namespace recall::ingest {

// Where the stored coverage of a source counts the notices themselves, of which each field is a
// part.
inline constexpr std::string_view coverage_total_path = "notices";

// Different texts of one field that are told apart; further ones are counted without.
inline constexpr std::size_t texts_told_apart_max = 10'000;

struct Unclassified {
    long long count = 0;
    std::map<std::string, long long> texts;  // cut as the values of issues are
};

struct Survey {
    long long notices = 0;
    std::map<std::string, long long> fields;    // notices that have it, those that none has too
    std::map<std::string, long long> unmapped;  // values, by their path in the record
    // By field of the notice, where words decide (hazards, measures, products/category): texts that
    // came to no code or to "other". By path in the record: values that no code table holds.
    std::map<std::string, Unclassified> unclassified;
};

Survey survey(store::Session& session, const std::string& source);

// As the store keeps it.
std::vector<store::FieldCount> coverage_of(const Survey& survey);

}  // namespace recall::ingest
