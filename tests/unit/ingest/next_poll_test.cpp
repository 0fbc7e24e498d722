#include "gateway/ingest/next_poll.h"

#include <boost/test/unit_test.hpp>

namespace recall {

BOOST_AUTO_TEST_SUITE(next_poll)

BOOST_AUTO_TEST_CASE(a_poll_waits_for_cadence_jitter_and_open_hours) {
    mapping::FetchSchedule always;
    always.every_minutes = 60;
    mapping::FetchSchedule tokyo = always;
    tokyo.open_from_minute = 9 * 60;
    tokyo.open_to_minute = 18 * 60;
    tokyo.utc_offset_minutes = 9 * 60;
    tokyo.weekdays = {1, 2, 3, 4, 5};
    struct Row {
        const mapping::FetchSchedule& schedule;
        const char* last;
        double share;
        const char* next;
    };
    const Row rows[] = {
        {always, "2026-03-06T10:00:00Z", 0.0, "2026-03-06T11:00:00Z"},
        {always, "2026-03-06T10:00:00Z", 1.0, "2026-03-06T11:06:00Z"},
        {always, "2026-03-06T23:30:00Z", 0.0, "2026-03-07T00:30:00Z"},
        // A Friday inside hours; at its end; the next door is Monday's, with jitter after it.
        {tokyo, "2026-03-06T06:00:00Z", 0.0, "2026-03-06T07:00:00Z"},
        {tokyo, "2026-03-06T08:30:00Z", 0.0, "2026-03-09T00:00:00Z"},
        {tokyo, "2026-03-06T08:30:00Z", 0.5, "2026-03-09T00:03:00Z"},
        {tokyo, "2026-03-08T22:00:00Z", 0.0, "2026-03-09T00:00:00Z"},
    };
    for (const Row& row : rows) {
        BOOST_TEST_CONTEXT(row.last << " " << row.share) {
            const Instant last = *parse_instant(row.last);
            BOOST_TEST(to_text(ingest::next_poll(row.schedule, last, row.share)) == row.next);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_complete_listing_is_due_when_there_was_none_or_it_is_old) {
    const mapping::FetchSchedule weekly;
    const Instant now = *parse_instant("2026-03-09T00:00:00Z");
    BOOST_TEST(ingest::is_rescan_due(weekly, {}, now));
    BOOST_TEST(ingest::is_rescan_due(weekly, *parse_instant("2026-03-02T00:00:00Z"), now));
    BOOST_TEST(!ingest::is_rescan_due(weekly, *parse_instant("2026-03-02T00:00:01Z"), now));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
