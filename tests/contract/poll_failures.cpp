// Polls of sources that misbehave, and runs that end in the middle: nothing good is lost, nothing
// is left half, and the next run goes on. On both databases.
#include "tests/support/poll_world.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <functional>

#include "gateway/base/failure.h"
#include "gateway/crypto/digest.h"
#include "gateway/store/leases.h"
#include "gateway/store/raw_archive.h"
#include "tests/support/quiet.h"

namespace recall {
using ingest::Coverage;
using store::RunState;
using test::Manner;
using test::on_each_store;
using test::PollWorld;
using test::Quiet;
using test::TestStore;

namespace {

const char* const sources[] = {"us-cpsc", "eu-safety-gate", "jp-caa", "au-accc"};

// What an adapter does in the middle of a run; adapters are plain functions.
std::function<void(ingest::Intake&)> in_the_middle;

Coverage interrupted(const ingest::Task& task, ingest::Intake& intake) {
    int taken = 0;
    for (const char* year : {"2026", "2025", "2024", "2023"}) {
        if (intake.is_over()) return Coverage::partial;
        ingest::Wanted wanted;
        wanted.key = std::string("list:1:") + year + "-01-01";
        wanted.url =
            std::string("https://www.saferproducts.gov/RestWebServices/Recall?format=json") +
            "&RecallDateStart=" + year + "-01-01&RecallDateEnd=" + year + "-12-31";
        wanted.list = &task.plan.lists.back();
        BOOST_TEST(intake.take(wanted).ok());
        if (++taken == 2) in_the_middle(intake);
    }
    return Coverage::complete;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(poll_failures)

BOOST_AUTO_TEST_CASE(a_document_that_is_none_never_replaces_a_good_one) {
    struct Row {
        Manner manner;
        const char* code;
    };
    const Row rows[] = {{Manner::html_page, "wrong-document"}, {Manner::cut_document, "truncated"},
                        {Manner::cut_short, "truncated"},      {Manner::refuse, "refused"},
                        {Manner::server_error, "refused"},     {Manner::hang_up, "unreachable"}};
    const Quiet quiet;
    for (const char* source : sources) {
        on_each_store([&](TestStore& store) {
            PollWorld world(store, source);
            BOOST_TEST((world.poll().state == RunState::healthy));
            const std::string before = world.contents();
            for (const Row& row : rows) {
                BOOST_TEST_CONTEXT(source << " " << row.code << " " << int(row.manner)) {
                    world.site().misbehave(source, {.manner = row.manner});
                    const auto report = world.poll_full();
                    BOOST_TEST((report.state == RunState::failed), report.reason);
                    BOOST_TEST(report.reason.find(":") != std::string::npos);
                    BOOST_TEST((world.contents() == before));
                    world.site().behave(source);
                }
            }
            const auto well = world.poll_full();
            BOOST_TEST((well.state == RunState::healthy), well.reason);
            BOOST_TEST(well.counts.changed == 0);
            BOOST_TEST((world.contents() == before));
        });
    }
}

BOOST_AUTO_TEST_CASE(a_failure_is_logged_once) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");
        std::string lines;
        redirect_log([](std::string_view line,
                        void* kept) { static_cast<std::string*>(kept)->append(line); },
                     &lines);
        world.site().misbehave("us-cpsc", {.manner = Manner::html_page});
        const auto report = world.poll_full();
        redirect_log(nullptr, nullptr);
        BOOST_TEST((report.state == RunState::failed));
        std::size_t told = 0;
        for (std::size_t at = lines.find("RecallDateStart=2026"); at != std::string::npos;
             at = lines.find("RecallDateStart=2026", at + 1))
            ++told;
        BOOST_TEST(told == 1U, lines);
        // What the reason has no room for stands by itself.
        BOOST_TEST(report.reason.find("and 2 more") != std::string::npos, report.reason);
        BOOST_TEST(std::ranges::count(lines, '\n') == 3, lines);
    });
}

BOOST_AUTO_TEST_CASE(pages_that_break_off_or_are_replaced_leave_their_notices_alone) {
    const Quiet quiet;
    struct Row {
        const char* source;
        const char* path;
    };
    const Row rows[] = {{"eu-safety-gate", "/safety-gate-alerts/api/download/weeklyReport/detail"},
                        {"jp-caa", "/result/detail.php"},
                        {"au-accc", "/search-consumer-product-recalls/"}};
    for (const Row& row : rows) {
        for (const Manner manner : {Manner::cut_document, Manner::html_page}) {
            BOOST_TEST_CONTEXT(row.source << " " << int(manner)) {
                on_each_store([&](TestStore& store) {
                    PollWorld world(store, row.source);
                    world.poll();
                    const std::string before = world.contents();
                    world.site().misbehave(row.source, {.manner = manner, .path_prefix = row.path});
                    const auto report = world.poll();
                    BOOST_TEST((report.state == RunState::degraded), report.reason);
                    BOOST_TEST(report.counts.changed == 0);
                    BOOST_TEST((world.contents() == before));
                    BOOST_TEST(world.quarantined().size() <= 1U);
                });
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_report_that_never_came_whole_does_not_make_its_first_records_vanish) {
    const Quiet quiet;
    on_each_store([](TestStore& store) {
        PollWorld world(store, "eu-safety-gate");
        world.site().replace("eu-safety-gate", "10000901", "<![CDATA[SR/90002/26]]>",
                             "<!-- never closed");
        for (int run = 0; run < 3; ++run) {
            const auto report = world.poll_full();
            BOOST_TEST((report.state == RunState::degraded), report.reason);
            BOOST_TEST(report.counts.vanished == 0);
            BOOST_TEST(report.counts.changed == 0);
        }
        BOOST_TEST(world.revisions("10990101").size() == 1U);
    });
}

BOOST_AUTO_TEST_CASE(what_came_instead_of_data_is_in_the_archive) {
    const Quiet quiet;
    on_each_store([](TestStore& store) {
        PollWorld world(store, "eu-safety-gate");
        world.site().misbehave("eu-safety-gate", {.manner = Manner::html_page});
        const auto report = world.poll();
        BOOST_TEST((report.state == RunState::failed));
        BOOST_TEST(report.reason.find("wrong-document") != std::string::npos, report.reason);
        const auto session = world.database().lease();
        const std::string page = test::site_interstitial();
        BOOST_TEST(store::RawArchive(*session).find(crypto::sha256_hex(page)).has_value());
    });
}

BOOST_AUTO_TEST_CASE(a_site_that_asks_for_patience_is_asked_again) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");
        world.site().misbehave("us-cpsc", {.manner = Manner::too_many, .times = 1});
        const auto report = world.poll();
        BOOST_TEST((report.state == RunState::healthy), report.reason);
        BOOST_TEST(world.notices() > 0);
    });
}

BOOST_AUTO_TEST_CASE(a_site_that_turns_robots_away_is_asked_with_the_headers_of_its_mapping) {
    const Quiet quiet;
    on_each_store([](TestStore& store) {
        PollWorld world(store, "eu-safety-gate");
        world.site().misbehave("eu-safety-gate", {.manner = Manner::refuse_naive});
        BOOST_TEST((world.poll().state == RunState::healthy));
        world.plan().headers.clear();
        BOOST_TEST((world.poll().state == RunState::failed));
    });
}

BOOST_AUTO_TEST_CASE(one_bad_page_does_not_keep_the_others_away) {
    const Quiet quiet;
    on_each_store([](TestStore& store) {
        PollWorld world(store, "jp-caa");
        world.site().misbehave("jp-caa", {.manner = Manner::server_error,
                                          .path_prefix = "/result/detail.php?rcl=00000088805"});
        const auto report = world.poll();
        BOOST_TEST((report.state == RunState::degraded));
        BOOST_TEST(report.reason.find("00000088805") != std::string::npos);
        BOOST_TEST(!world.notice("00000088805").has_value());
        BOOST_TEST(world.notice("00000088806").has_value());
        world.site().behave("jp-caa");
        BOOST_TEST((world.poll().state == RunState::healthy));
        BOOST_TEST(world.notice("00000088805").has_value());
    });
}

BOOST_AUTO_TEST_CASE(a_site_that_shuts_us_out_is_left_alone) {
    const Quiet quiet;
    on_each_store([](TestStore& store) {
        PollWorld world(store, "jp-caa");
        world.site().misbehave("jp-caa",
                               {.manner = Manner::refuse, .path_prefix = "/result/detail.php"});
        world.site().forget_requests();
        const auto report = world.poll();
        BOOST_TEST((report.state == RunState::degraded));
        int refused = 0;
        for (const test::SeenRequest& seen : world.site().requests("jp-caa"))
            refused += seen.status == 403 ? 1 : 0;
        BOOST_TEST(refused == 5);
    });
}

BOOST_AUTO_TEST_CASE(a_run_that_is_stopped_ends_between_two_documents_and_the_next_completes_it) {
    const Quiet quiet;
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");
        std::stop_source stop;
        in_the_middle = [&stop](ingest::Intake&) { stop.request_stop(); };
        ingest::RunOptions options;
        options.stop = stop.get_token();
        const auto stopped =
            ingest::run_source(world.parts(), world.mapping(), interrupted, options);
        BOOST_REQUIRE(stopped.ok());
        BOOST_TEST((stopped->state == RunState::degraded));
        BOOST_TEST(stopped->counts.created == world.notices());
        BOOST_TEST(world.notices() > 0);
        const auto next = world.poll();
        BOOST_TEST((next.state == RunState::healthy), next.reason);
        BOOST_TEST(next.counts.created > 0);
        BOOST_TEST(next.counts.created + stopped->counts.created == world.notices());
    });
}

BOOST_AUTO_TEST_CASE(a_stop_in_the_middle_of_a_page_stores_nothing_of_it) {
    const Quiet quiet;
    on_each_store([](TestStore& store) {
        PollWorld world(store, "jp-caa");
        world.poll();
        const std::string before = world.contents();
        std::stop_source stop;
        ingest::RunOptions options;
        options.stop = stop.get_token();
        world.mapping().version = "next";
        world.plan().detail->recheck_newest = 0;
        in_the_middle = [&stop](ingest::Intake&) { stop.request_stop(); };
        const auto stopped = ingest::run_source(
            world.parts(), world.mapping(),
            [](const ingest::Task& task, ingest::Intake& intake) {
                ingest::Wanted wanted;
                wanted.key = "00000088801";
                wanted.detail = &task.plan.detail.value();
                in_the_middle(intake);
                BOOST_TEST(!intake.take_archived(wanted).ok());
                return Coverage::partial;
            },
            options);
        BOOST_REQUIRE(stopped.ok());
        BOOST_TEST((stopped->state == RunState::degraded));
        BOOST_TEST(stopped->counts.fetched == 0);
        BOOST_TEST((world.contents() == before));
        BOOST_TEST(world.quarantined().empty());
    });
}

BOOST_AUTO_TEST_CASE(a_run_that_fails_in_the_middle_leaves_whole_documents_and_the_next_goes_on) {
    const Quiet quiet;
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");
        in_the_middle = [](ingest::Intake&) { throw Failure(ErrorCode::io, "the disk is full"); };
        const auto failed = ingest::run_source(world.parts(), world.mapping(), interrupted, {});
        BOOST_REQUIRE(failed.ok());
        BOOST_TEST((failed->state == RunState::failed));
        BOOST_TEST(failed->reason.find("the disk is full") != std::string::npos);
        BOOST_TEST(failed->counts.created == world.notices());
        const auto next = world.poll();
        BOOST_TEST((next.state == RunState::healthy), next.reason);
        BOOST_TEST(next.counts.unchanged >= failed->counts.created);
        BOOST_TEST(next.counts.created + failed->counts.created == world.notices());
    });
}

BOOST_AUTO_TEST_CASE(a_run_that_died_with_its_gateway_is_failed_once_its_lease_is_over) {
    const Quiet quiet;
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");
        ingest::RunParts dead = world.parts();
        dead.owner = "dead";
        const long long died =
            store::in_write_transaction(world.database(), [&](store::Session& session) {
                BOOST_TEST(ingest::hold_lease(session, dead, "us-cpsc"));
                return store::Runs(session).start("us-cpsc", world.clock().now());
            });
        const auto refused =
            ingest::run_source(world.parts(), world.mapping(), world.source().adapter, {});
        BOOST_TEST((refused.error().code == ErrorCode::conflict));
        const auto next = world.poll();  // an hour later
        BOOST_TEST((next.state == RunState::healthy), next.reason);
        const auto session = world.database().lease();
        const auto runs = store::Runs(*session).list("us-cpsc", 5);
        BOOST_REQUIRE(runs.size() == 2);
        BOOST_TEST(runs[1].id == died);
        BOOST_TEST((runs[1].state == RunState::failed));
    });
}

BOOST_AUTO_TEST_CASE(a_lease_is_renewed_while_a_document_takes_long) {
    const Quiet quiet;
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");
        ingest::RunParts parts = world.parts();
        parts.lease_renewal = std::chrono::milliseconds(1);
        bool is_renewed = false;
        in_the_middle = [&](ingest::Intake&) {
            world.clock().turn(std::chrono::seconds(50));
            const Instant later = world.clock().now() + std::chrono::seconds(50);
            const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
            while (!is_renewed && std::chrono::steady_clock::now() < deadline) {
                const auto session = world.database().lease();
                is_renewed = store::Leases(*session)
                                 .holder(ingest::lease_name("us-cpsc"), later)
                                 .has_value();
            }
        };
        BOOST_TEST(ingest::run_source(parts, world.mapping(), interrupted, {}).ok());
        BOOST_TEST(is_renewed);
    });
}

BOOST_AUTO_TEST_CASE(a_run_that_lost_its_lease_writes_nothing_more) {
    const Quiet quiet;
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");
        ingest::RunParts other = world.parts();
        other.owner = "other";
        long long before = 0;
        in_the_middle = [&](ingest::Intake&) {
            world.clock().turn(std::chrono::hours(1));
            store::in_write_transaction(world.database(), [&](store::Session& session) {
                BOOST_TEST(ingest::hold_lease(session, other, "us-cpsc"));
            });
            before = world.notices();
        };
        ingest::RunOptions options;
        const auto lost = ingest::run_source(
            world.parts(), world.mapping(),
            [](const ingest::Task& task, ingest::Intake& intake) {
                return interrupted(task, intake);
            },
            options);
        BOOST_REQUIRE(lost.ok());
        BOOST_TEST((lost->state == RunState::failed));
        BOOST_TEST(lost->reason.find("took the run") != std::string::npos);
        BOOST_TEST(world.notices() == before);
        const auto session = world.database().lease();
        BOOST_TEST(store::Leases(*session)
                       .holder(ingest::lease_name("us-cpsc"), world.clock().now())
                       .value_or("") == "other");
    });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
