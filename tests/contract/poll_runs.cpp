// Whole polls of the four sources against the stand-in, on both databases: what comes, what
// changes, what vanishes and returns.
#include "tests/support/poll_world.h"

#include <boost/test/unit_test.hpp>

#include "gateway/store/raw_archive.h"
#include "gateway/store/source_state.h"

namespace recall {
using store::NoticeChange;
using store::RunState;
using test::counts_of;
using test::on_each_store;
using test::PollWorld;
using test::TestStore;

namespace {

const char* const sources[] = {"us-cpsc", "eu-safety-gate", "jp-caa", "au-accc"};

// The records in the stand-in's documents, by source.
long long records_of(PollWorld& world) {
    const std::string source = world.mapping().source;
    long long count = 0;
    for (const std::string& name : world.site().names(source)) {
        if (name.find(':') != std::string::npos) continue;
        if (source != "eu-safety-gate") {
            ++count;
            continue;
        }
        const std::string text = world.site().document(source, name);
        for (std::size_t at = text.find("<notifications"); at != std::string::npos;
             at = text.find("<notifications", at + 1))
            ++count;
    }
    return count;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(poll_runs)

BOOST_AUTO_TEST_CASE(a_first_run_stores_every_record_and_a_second_finds_nothing_new) {
    for (const char* source : sources) {
        BOOST_TEST_CONTEXT(source) {
            on_each_store([&](TestStore& store) {
                PollWorld world(store, source);
                const auto first = world.poll();
                BOOST_TEST((first.state == RunState::healthy), first.reason);
                const long long records = records_of(world);
                BOOST_TEST(first.counts.fetched == records);
                BOOST_TEST(first.counts.created + first.counts.quarantined == records);
                BOOST_TEST(world.notices() == first.counts.created);
                const std::string before = world.contents();
                const auto second = world.poll_full();
                BOOST_TEST((second.state == RunState::healthy), second.reason);
                BOOST_TEST(second.counts.fetched == records);
                BOOST_TEST(second.counts.created == 0);
                BOOST_TEST(second.counts.changed == 0);
                BOOST_TEST(second.counts.vanished == 0);
                BOOST_TEST((world.contents() == before));
            });
        }
    }
}

BOOST_AUTO_TEST_CASE(a_notice_says_when_from_where_and_from_which_bytes_it_came) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "jp-caa");
        world.poll();
        const auto notice = world.notice("00000088801");
        BOOST_REQUIRE(notice.has_value());
        BOOST_TEST(notice->json.find("\"retrieved_at\":\"2026-11-25T13:00:00Z\"") !=
                   std::string::npos);
        BOOST_TEST(notice->json.find(notice->raw_sha256) != std::string::npos);
        const auto session = world.database().lease();
        const auto payload = store::RawArchive(*session).find(notice->raw_sha256);
        BOOST_REQUIRE(payload.has_value());
        BOOST_TEST(payload->url ==
                   "https://www.recall.caa.go.jp/result/detail.php?rcl=00000088801");
        BOOST_TEST(store::RawArchive(*session).get(notice->raw_sha256, 1 << 20).value() ==
                   world.site().document("jp-caa", "00000088801"));
    });
}

BOOST_AUTO_TEST_CASE(an_edited_record_becomes_a_new_revision_with_its_difference) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");
        world.poll();
        world.site().replace("us-cpsc", "90004", "About 9,350", "About 19,350");
        const auto report = world.poll_full();
        BOOST_TEST(report.counts.changed == 1);
        BOOST_TEST(report.counts.created == 0);
        const auto revisions = world.revisions("90004");
        BOOST_REQUIRE(revisions.size() == 2);
        BOOST_TEST((revisions[1].change == NoticeChange::changed));
        BOOST_REQUIRE(revisions[1].differences.size() == 1);
        BOOST_TEST(revisions[1].differences[0].path == "products/0/quantity/value");
        BOOST_TEST(revisions[1].differences[0].before == "9350");
        BOOST_TEST(revisions[1].differences[0].after == "19350");
    });
}

// One case for each way in which a source can take a record back.
BOOST_AUTO_TEST_CASE(a_record_that_is_gone_is_marked_vanished_and_one_that_returns_is_active) {
    struct Row {
        const char* source;
        const char* document;
        const char* key;
    };
    const Row rows[] = {{"us-cpsc", "90012", "90012"}, {"jp-caa", "00000088803", "00000088803"}};
    for (const Row& row : rows) {
        BOOST_TEST_CONTEXT(row.source) {
            on_each_store([&](TestStore& store) {
                PollWorld world(store, row.source);
                world.poll();
                const std::string text = world.site().document(row.source, row.document);
                const bool has_row = std::string(row.source) == "jp-caa";
                const std::string list_row =
                    has_row ? world.site().document(row.source, std::string("row:") + row.document)
                            : std::string();
                world.site().remove(row.source, row.document);
                const auto gone = world.poll_full();
                BOOST_TEST((gone.state == RunState::healthy), gone.reason);
                BOOST_TEST(gone.counts.vanished == 1);
                BOOST_TEST(world.notice(row.key)->state == "vanished");
                BOOST_TEST(world.poll_full().counts.vanished == 0);

                world.site().put(row.source, row.document, text);
                if (has_row)
                    world.site().put(row.source, std::string("row:") + row.document, list_row);
                world.poll_full();
                BOOST_TEST(world.notice(row.key)->state == "active");
                const auto revisions = world.revisions(row.key);
                BOOST_REQUIRE(revisions.size() == 3);
                BOOST_TEST((revisions[1].change == NoticeChange::vanished));
                BOOST_TEST((revisions[2].change == NoticeChange::reappeared));
            });
        }
    }
}

BOOST_AUTO_TEST_CASE(a_record_vanishes_when_its_report_lets_it_go) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "eu-safety-gate");
        world.poll();
        std::string report = world.site().document("eu-safety-gate", "10000901");
        const std::size_t start = report.rfind("<notifications");
        const std::size_t end = report.rfind("</notifications>") + 16;
        const std::string gone = report.substr(start, end - start);
        const std::string mark = "alertDetail/";
        const std::size_t at = gone.find(mark) + mark.size();
        const std::string key = gone.substr(at, gone.find_first_not_of("0123456789", at) - at);
        report.erase(start, end - start);
        world.site().put("eu-safety-gate", "10000901", report);
        const auto after = world.poll();
        BOOST_TEST((after.state == RunState::healthy), after.reason);
        BOOST_TEST(after.counts.vanished == 1);
        BOOST_TEST(world.notice(key)->state == "vanished");
    });
}

BOOST_AUTO_TEST_CASE(what_an_incremental_run_does_not_mention_has_not_vanished) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");
        world.poll();
        world.site().remove("us-cpsc", "90012");
        const auto report = world.poll_incremental();
        BOOST_TEST((report.state == RunState::healthy), report.reason);
        BOOST_TEST(report.counts.vanished == 0);
        BOOST_TEST(world.notice("90012")->state == "active");
    });
}

BOOST_AUTO_TEST_CASE(a_touched_record_of_an_unchanged_document_does_not_vanish) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");
        world.poll();
        // Seen again by its date of publication, while the page of its year stays as it was.
        ingest::RunOptions since;
        since.since = Date{2026, 11, 1};
        BOOST_TEST(world.poll(since).counts.fetched > 0);
        const auto report = world.poll_full();
        BOOST_TEST(report.counts.vanished == 0);
        BOOST_TEST(report.counts.changed == 0);
    });
}

BOOST_AUTO_TEST_CASE(a_source_that_loses_many_records_at_once_is_not_believed) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");
        world.poll();
        for (const char* name : {"90012", "90013", "90014", "90015", "90016"})
            world.site().remove("us-cpsc", name);
        const auto report = world.poll_full();
        BOOST_TEST((report.state == RunState::degraded));
        BOOST_TEST(report.reason.find("vanished-percent-max") != std::string::npos);
        BOOST_TEST(report.counts.vanished == 0);
        BOOST_TEST(world.notice("90012")->state == "active");
        // The bound is the operator's to move.
        world.plan().bounds.vanished_percent_max = 50;
        BOOST_TEST(world.poll_full().counts.vanished == 5);
        BOOST_TEST(world.notice("90012")->state == "vanished");
    });
}

BOOST_AUTO_TEST_CASE(an_entry_that_changed_has_its_page_fetched_again_and_others_do_not) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "au-accc");
        world.plan().detail->recheck_newest = 0;
        world.poll();
        world.site().forget_requests();
        world.poll();
        BOOST_TEST(world.site().requests("au-accc").size() == 1U);
        world.site().replace("au-accc", "item:southern-cross-kettle", "<title>", "<title>New: ");
        world.site().forget_requests();
        world.poll();
        BOOST_TEST(world.site().requests("au-accc").size() == 2U);
    });
}

BOOST_AUTO_TEST_CASE(documents_beyond_a_run_s_share_come_with_the_next) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "jp-caa");
        world.plan().detail->per_run_max = 6;
        world.plan().detail->recheck_newest = 0;
        const auto first = world.poll();
        BOOST_TEST(first.counts.created == 6);
        BOOST_TEST(world.poll().counts.created == 6);
        world.poll();
        BOOST_TEST(world.notices() == records_of(world));
        BOOST_TEST(world.poll().counts.fetched == 0);
    });
}

BOOST_AUTO_TEST_CASE(a_source_that_answers_not_modified_is_not_mapped_again) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "eu-safety-gate");
        world.plan().lists.front().is_conditional = true;
        world.plan().detail->is_conditional = true;
        world.site().use_etags("eu-safety-gate");
        const auto first = world.poll();
        world.site().forget_requests();
        const auto second = world.poll();
        BOOST_TEST((second.state == RunState::healthy), second.reason);
        BOOST_TEST(second.counts.unchanged == first.counts.fetched);
        for (const test::SeenRequest& seen : world.site().requests("eu-safety-gate")) {
            // What is posted has no condition.
            if (seen.request.method == "GET") BOOST_TEST(seen.status == 304, seen.request.target);
        }
    });
}

BOOST_AUTO_TEST_CASE(another_version_of_the_mapping_maps_what_did_not_change_again) {
    for (const char* source : sources) {
        BOOST_TEST_CONTEXT(source) {
            on_each_store([&](TestStore& store) {
                PollWorld world(store, source);
                // None is asked for again, so that what is mapped comes from the archive.
                if (world.plan().detail) world.plan().detail->recheck_newest = 0;
                const auto first = world.poll();
                world.mapping().version = "next";
                const auto again = world.poll_full();
                BOOST_TEST(again.counts.fetched == first.counts.fetched);
                BOOST_TEST(again.counts.unchanged == first.counts.created);
                BOOST_TEST(again.counts.changed == 0);
                const auto session = world.database().lease();
                for (const auto& row : store::FieldCoverage(*session).list(source)) {
                    if (row.path == "notices") BOOST_TEST(row.mapped == first.counts.created);
                }
            });
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
