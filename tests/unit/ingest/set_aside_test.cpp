#include "gateway/ingest/set_aside.h"

#include <boost/test/unit_test.hpp>

using recall::ingest::aside_days;
using recall::ingest::aside_fingerprint;
using recall::ingest::read_aside;
using recall::ingest::set_aside_on;
using recall::ingest::SetAside;

BOOST_AUTO_TEST_SUITE(set_aside)

BOOST_AUTO_TEST_CASE(the_wait_doubles_up_to_a_week) {
    const std::pair<long long, long long> rows[] = {{1, 1}, {2, 2}, {3, 4},
                                                    {4, 7}, {5, 7}, {1'000'000'000'000, 7}};
    for (const auto& [attempts, days] : rows)
        BOOST_TEST(aside_days(attempts) == days, attempts);
    const SetAside first = set_aside_on({2026, 12, 31}, std::nullopt);
    BOOST_TEST((first == SetAside{1, {2027, 1, 1}}));
    BOOST_TEST((set_aside_on({2028, 2, 28}, first) == SetAside{2, {2028, 3, 1}}));
}

BOOST_AUTO_TEST_CASE(what_is_written_reads_back_and_nothing_else_does) {
    const SetAside aside{3, {2026, 11, 29}};
    BOOST_TEST(aside_fingerprint("2", aside) == "@2 3 2026-11-29");
    BOOST_TEST((read_aside("2", "@2 3 2026-11-29") == aside));
    for (const char* other : {"", "@2", "@2 ", "@2 2026-11-29", "@2 3", "@2 0 2026-11-29",
                              "@2 x 2026-11-29", "@2 3 2026-13-01", "@22 3 2026-11-29",
                              "@2 99999999999999999999 2026-11-29", "ab@2 3 2026-11-29"})
        BOOST_TEST(!read_aside("2", other), other);
}

BOOST_AUTO_TEST_SUITE_END()
