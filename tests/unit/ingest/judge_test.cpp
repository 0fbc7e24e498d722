#include "gateway/ingest/judge.h"

#include <boost/test/unit_test.hpp>

namespace recall {
using ingest::RunFacts;
using ingest::Scope;

BOOST_AUTO_TEST_SUITE(judge)

BOOST_AUTO_TEST_CASE(a_run_departs_from_the_bounds_it_passes_and_from_no_others) {
    mapping::FetchBounds bounds;
    bounds.full_min = 10;
    bounds.full_max = 20;
    bounds.incremental_max = 5;
    bounds.quarantine_percent_max = 5;
    struct Row {
        Scope scope;
        long long fetched;
        long long quarantined;
        long long known;
        const char* bound;  // empty: healthy
    };
    const Row rows[] = {{Scope::full, 10, 0, 10, ""},
                        {Scope::full, 20, 1, 20, ""},
                        {Scope::full, 9, 0, 9, "full-min"},
                        {Scope::full, 3, 0, 12, ""},
                        {Scope::full, 21, 0, 21, "full-max"},
                        {Scope::full, 0, 0, 0, "full-min"},
                        {Scope::incremental, 5, 0, 0, ""},
                        {Scope::incremental, 0, 0, 0, ""},
                        {Scope::incremental, 6, 0, 6, "incremental-max"},
                        {Scope::incremental, 5, 1, 5, "quarantine-percent-max"},
                        {Scope::full, 19, 1, 19, "quarantine-percent-max"}};
    for (const Row& row : rows) {
        BOOST_TEST_CONTEXT(row.fetched << " " << row.known << " " << row.bound) {
            RunFacts facts{row.scope, {}, row.known, 0};
            facts.counts.fetched = row.fetched;
            facts.counts.quarantined = row.quarantined;
            const auto found = ingest::departures(bounds, facts);
            BOOST_TEST(found.size() == (*row.bound == '\0' ? 0U : 1U));
            if (!found.empty()) BOOST_TEST(found[0].find(row.bound) != std::string::npos, found[0]);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_few_records_may_vanish_and_a_share_of_many_may) {
    mapping::FetchBounds bounds;
    bounds.vanished_percent_max = 5;
    struct Row {
        long long vanished;
        long long before;
        bool is_believed;
    };
    const Row rows[] = {{0, 0, true},   {3, 3, true},     {4, 4, false},    {4, 80, true},
                        {5, 80, false}, {50, 1000, true}, {51, 1000, false}};
    for (const Row& row : rows) {
        BOOST_TEST(ingest::too_many_vanished(bounds, row.vanished, row.before).has_value() !=
                   row.is_believed);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
