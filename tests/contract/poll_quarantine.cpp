// Records that cannot become notices: they are kept with their bytes, the rest goes on, and a
// mended mapping takes them. On both databases.
#include "tests/support/poll_world.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "gateway/ingest/replay.h"
#include "tests/support/quiet.h"

namespace recall {
using store::QuarantineState;
using store::RunState;
using test::on_each_store;
using test::PollWorld;
using test::TestStore;

namespace {

const std::string bad_key = "90023";  // its date is the 30th of February

mapping::Mapping without_essential_date() {
    const test::TempFolder folder;
    const std::string mappings = test::changed_mappings(
        folder, "us/cpsc.xml", R"x(yyyy-MM-dd')" essential="yes"/>)x", R"x(yyyy-MM-dd')"/>)x");
    return mapping::MappingFolder::open(mappings).value().load("us-cpsc").value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(poll_quarantine)

BOOST_AUTO_TEST_CASE(a_bad_record_is_kept_with_its_bytes_and_the_others_go_on) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");
        const auto report = world.poll();
        BOOST_TEST((report.state == RunState::healthy), report.reason);
        BOOST_TEST(report.counts.quarantined == 1);
        BOOST_TEST(report.counts.created == report.counts.fetched - 1);
        const auto rows = world.quarantined();
        BOOST_REQUIRE(rows.size() == 1);
        BOOST_TEST(rows[0].key == bad_key);
        BOOST_TEST(!rows[0].issues.empty());
        const auto session = world.database().lease();
        BOOST_TEST(store::Quarantine(*session).get(rows[0].id)->bytes ==
                   world.site().document("us-cpsc", bad_key));
    });
}

BOOST_AUTO_TEST_CASE(too_many_bad_records_degrade_the_run) {
    const test::Quiet quiet;
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");
        world.plan().bounds.quarantine_percent_max = 1;
        const auto report = world.poll();
        BOOST_TEST((report.state == RunState::degraded));
        BOOST_TEST(report.reason.find("quarantine-percent-max") != std::string::npos);
    });
}

BOOST_AUTO_TEST_CASE(a_mended_mapping_takes_quarantined_records) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");
        world.poll();
        const auto unmended = ingest::replay(world.database(), world.clock(), world.mapping(), {});
        BOOST_REQUIRE(unmended.size() == 1);
        BOOST_TEST((unmended[0].kind == ingest::ReplayOutcome::Kind::open));
        BOOST_TEST(world.quarantined().size() == 1U);

        const auto outcomes =
            ingest::replay(world.database(), world.clock(), without_essential_date(), {});
        BOOST_REQUIRE(outcomes.size() == 1);
        BOOST_TEST((outcomes[0].kind == ingest::ReplayOutcome::Kind::stored));
        BOOST_TEST(outcomes[0].key == bad_key);
        BOOST_TEST(world.notice(bad_key).has_value());
        BOOST_TEST(world.quarantined().empty());
        BOOST_TEST(ingest::replay(world.database(), world.clock(), world.mapping(), {}).empty());
        // It is at its source: the next full run does not take it for one that vanished.
        BOOST_TEST(world.poll_full().counts.vanished == 0);
    });
}

BOOST_AUTO_TEST_CASE(a_replay_does_not_put_an_old_copy_over_a_newer_one) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");
        // Without its key the record is known by its place only, and stays so.
        const std::string good = world.site().document("us-cpsc", "90005");
        world.site().replace("us-cpsc", "90005", "\"RecallID\": 90005", "\"RecallID\": null");
        world.poll();
        const auto before = world.quarantined();
        BOOST_REQUIRE(before.size() == 2);
        const auto nameless = before[0].key == bad_key ? before[1] : before[0];
        world.site().put("us-cpsc", "90005", good);
        world.poll_full();
        BOOST_TEST(world.notice("90005").has_value());
        for (const auto& row : world.quarantined())
            BOOST_TEST(row.key != nameless.key);
    });
}

BOOST_AUTO_TEST_CASE(a_record_whose_key_is_lost_does_not_make_its_notice_vanish) {
    const test::Quiet quiet;
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");
        world.poll();
        world.site().replace("us-cpsc", "90005", "\"RecallID\": 90005", "\"RecallID\": null");
        const auto report = world.poll_full();
        BOOST_TEST(report.counts.vanished == 0);
        BOOST_TEST(world.notice("90005")->state == "active");
        BOOST_TEST(world.quarantined().size() == 2U);
    });
}

BOOST_AUTO_TEST_CASE(a_record_that_is_not_well_formed_is_kept_and_its_report_goes_on) {
    const test::Quiet quiet;
    on_each_store([](TestStore& store) {
        PollWorld world(store, "eu-safety-gate");
        const auto before = world.poll();
        world.site().replace("eu-safety-gate", "10000901", "<![CDATA[SR/90002/26]]>",
                             "<![CDATA[SR/90002/26\xff]]>");
        const auto report = world.poll_full();
        BOOST_TEST(report.counts.quarantined == 1);
        BOOST_TEST(report.counts.fetched == before.counts.fetched);
        BOOST_TEST(report.counts.changed == 0);
        BOOST_TEST(report.counts.vanished == 0);
        const auto rows = world.quarantined();
        BOOST_REQUIRE(rows.size() == 1);
        BOOST_TEST((rows[0].issues.at(0).code == ErrorCode::bad_encoding));
        BOOST_TEST(rows[0].issues[0].path == "notifications");
        const auto session = world.database().lease();
        const std::string bytes = store::Quarantine(*session).get(rows[0].id)->bytes;
        BOOST_TEST(bytes.starts_with("<notifications"), bytes);
        BOOST_TEST(bytes.find("SR/90002/26\xff") != std::string::npos);
    });
}

BOOST_AUTO_TEST_CASE(an_entry_that_leads_nowhere_is_set_aside_until_it_does_not) {
    const std::string slug = "southern-cross-kettle";
    for (const ErrorCode code : {ErrorCode::not_found, ErrorCode::redirect}) {
        on_each_store([&](TestStore& store) {
            PollWorld world(store, "au-accc");
            world.plan().detail->recheck_newest = 0;
            const std::string page = world.site().document("au-accc", slug);
            const std::string item = world.site().document("au-accc", "item:" + slug);
            if (code == ErrorCode::redirect) {
                world.site().misbehave("au-accc", {.manner = test::Manner::elsewhere,
                                                   .path_prefix = "/search-consumer-product-"
                                                                  "recalls/southern",
                                                   .detail = "https://elsewhere.example/"});
            } else {
                world.site().remove("au-accc", slug);
                world.site().put("au-accc", "item:" + slug, item);
            }
            const auto first = world.poll();
            BOOST_TEST((first.state == RunState::healthy), first.reason);
            BOOST_TEST(first.counts.quarantined == 1);
            const auto rows = world.quarantined();
            BOOST_REQUIRE(rows.size() == 1);
            BOOST_TEST(rows[0].key.ends_with("#0"), rows[0].key);
            BOOST_TEST((rows[0].issues.at(0).code == code));
            BOOST_TEST(
                ingest::replay(world.database(), world.clock(), world.mapping(), {}).size() == 1U);
            BOOST_TEST(world.poll_full().counts.quarantined == 0);  // not asked for again
            world.site().behave("au-accc");
            world.site().put("au-accc", slug, page);
            BOOST_TEST(world.poll_full().counts.created == 0);
            world.clock().turn(std::chrono::hours(24));
            BOOST_TEST(world.poll_full().counts.created == 1);
            BOOST_TEST(world.quarantined().empty());
        });
    }
}

BOOST_AUTO_TEST_CASE(an_entry_whose_page_stays_away_is_asked_for_ever_more_rarely) {
    const std::string slug = "southern-cross-kettle";
    on_each_store([&](TestStore& store) {
        PollWorld world(store, "au-accc");  // its newest entries are asked for in every run
        const std::string item = world.site().document("au-accc", "item:" + slug);
        world.site().remove("au-accc", slug);
        world.site().put("au-accc", "item:" + slug, item);
        world.clock().turn(std::chrono::hours(2));  // midnight is far, here and there
        std::string asked;
        std::string expected;
        for (int day = 0; day < 30; ++day) {
            for (int run = 0; run < 2; ++run)
                asked += world.poll_full().counts.quarantined > 0 ? '!' : '.';
            world.clock().turn(std::chrono::hours(22));  // each run took one already
            const bool is_due = day < 2 || day == 3 || (day > 0 && day % 7 == 0);
            expected += is_due ? "!." : "..";
        }
        BOOST_TEST(asked == expected);
        // A change of the entry is asked for at once.
        world.site().replace("au-accc", "item:" + slug, "<title>", "<title>Revised: ");
        BOOST_TEST(world.poll_full().counts.quarantined == 1);
    });
}

BOOST_AUTO_TEST_CASE(two_records_under_one_key_do_not_take_each_other_s_place) {
    const test::Quiet quiet;
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");
        world.site().replace("us-cpsc", "90006", "\"RecallID\": 90006", "\"RecallID\": 90005");
        world.poll();
        const auto rows = world.quarantined();
        BOOST_REQUIRE(rows.size() == 2);
        const bool has_conflict = std::ranges::any_of(rows, [](const auto& row) {
            return std::ranges::any_of(
                row.issues, [](const Issue& issue) { return issue.code == ErrorCode::conflict; });
        });
        BOOST_TEST(has_conflict);
        BOOST_TEST(world.revisions("90005").size() == 1U);
        world.mapping().version = "next";
        world.poll_full();
        BOOST_TEST(world.revisions("90005").size() == 1U);
    });
}

BOOST_AUTO_TEST_CASE(a_dismissed_record_that_comes_again_changed_is_open_again) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");
        world.poll();
        const auto rows = world.quarantined();
        BOOST_REQUIRE(rows.size() == 1);
        store::in_write_transaction(world.database(), [&](store::Session& session) {
            const auto closed =
                store::Quarantine(session).resolve(rows[0].id, QuarantineState::dismissed, "tester",
                                                   "no such day", world.clock().now());
            BOOST_TEST(closed.ok());
        });
        world.poll_full();
        BOOST_TEST(world.quarantined().empty());
        world.site().replace("us-cpsc", bad_key, "About 100", "About 200");
        world.poll_full();
        BOOST_TEST(world.quarantined().size() == 1U);
    });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
