// The genuine samples polled as if their sites sent them: every record is there and none is lost.
#include "tests/support/poll_world.h"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>

namespace recall {
using store::RunState;
using test::on_each_store;
using test::PollWorld;
using test::TestStore;

BOOST_AUTO_TEST_SUITE(poll_samples)

BOOST_AUTO_TEST_CASE(genuine_samples_are_polled_whole_and_a_second_time_without_change) {
    const char* const shared = std::getenv("RECALLGW_SHARED");
    if (shared == nullptr || !std::filesystem::exists(shared)) {
        BOOST_TEST_MESSAGE("skipped: RECALLGW_SHARED does not name a folder with the samples");
        return;
    }
    struct Row {
        const char* source;
        long long records;
    };
    // 300 recalls; 60 weekly reports of 2537 alerts; 4 pages.
    const Row rows[] = {{"us-cpsc", 300}, {"eu-safety-gate", 2537}, {"jp-caa", 4}};
    for (const Row& row : rows) {
        BOOST_TEST_CONTEXT(row.source) {
            on_each_store([&](TestStore& store) {
                test::StandInOptions options;
                options.data = test::stand_in_samples(shared);
                PollWorld world(store, row.source, std::move(options));
                if (world.plan().detail) world.plan().detail->recheck_newest = 1000;
                const auto first = world.poll();
                BOOST_TEST((first.state == RunState::healthy), first.reason);
                BOOST_TEST(first.counts.fetched == row.records);
                BOOST_TEST(first.counts.quarantined == 0);
                BOOST_TEST(world.notices() == row.records);
                const auto second = world.poll_full();
                BOOST_TEST((second.state == RunState::healthy), second.reason);
                BOOST_TEST(second.counts.unchanged == row.records);
                world.mapping().version = "next";
                const auto remapped = world.poll_full();
                BOOST_TEST(remapped.counts.unchanged == row.records);
                BOOST_TEST(remapped.counts.changed == 0);
            });
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
