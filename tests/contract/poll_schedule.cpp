// The schedule: who is polled when, by which of several gateways. On both databases.
#include "tests/support/poll_world.h"

#include <boost/test/unit_test.hpp>

#include "gateway/store/leases.h"
#include "tests/support/quiet.h"

namespace recall {
using test::on_each_store;
using test::PollWorld;
using test::TestStore;

namespace {

std::size_t runs_of(store::Database& database, const std::string& source) {
    const auto session = database.lease();
    return store::Runs(*session).list(source, 100).size();
}

ingest::RunParts parts_named(const PollWorld& world, const std::string& owner) {
    ingest::RunParts parts = world.parts();
    parts.owner = owner;
    return parts;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(poll_schedule)

BOOST_AUTO_TEST_CASE(a_source_is_polled_when_it_is_due_and_not_before) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");  // every 60 minutes, and up to 6 of jitter
        ingest::Schedule schedule(world.parts(), {world.source()}, {});
        BOOST_TEST(schedule.run_due() == 1);
        BOOST_TEST(schedule.run_due() == 0);
        world.clock().turn(std::chrono::minutes(59));
        BOOST_TEST(schedule.run_due() == 0);
        world.clock().turn(std::chrono::minutes(8));
        BOOST_TEST(schedule.run_due() == 1);
        BOOST_TEST(runs_of(world.database(), "us-cpsc") == 2U);
    });
}

BOOST_AUTO_TEST_CASE(of_two_gateways_on_one_database_one_polls) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "jp-caa");
        ingest::Schedule one(parts_named(world, "one"), {world.source()}, {});
        ingest::Schedule two(parts_named(world, "two"), {world.source()}, {});
        BOOST_TEST(one.run_due() + two.run_due() == 1);
        // Held by a gateway that works on it.
        store::in_write_transaction(world.database(), [&](store::Session& session) {
            BOOST_TEST(ingest::hold_lease(session, parts_named(world, "three"), "jp-caa"));
        });
        world.clock().turn(std::chrono::seconds(59));
        BOOST_TEST(one.run_due() + two.run_due() == 0);
    });
}

BOOST_AUTO_TEST_CASE(a_run_that_died_with_its_gateway_is_due_at_once_after_its_lease) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "jp-caa");
        store::in_write_transaction(world.database(), [&](store::Session& session) {
            BOOST_TEST(ingest::hold_lease(session, parts_named(world, "dead"), "jp-caa"));
            store::Runs(session).start("jp-caa", world.clock().now());
        });
        ingest::Schedule schedule(world.parts(), {world.source()}, {});
        BOOST_TEST(schedule.run_due() == 0);
        world.clock().turn(std::chrono::minutes(6));
        BOOST_TEST(schedule.run_due() == 1);
    });
}

BOOST_AUTO_TEST_CASE(a_stopped_run_is_taken_up_at_once_and_a_failed_one_soon) {
    const test::Quiet quiet;
    on_each_store([](TestStore& store) {
        PollWorld world(store, "eu-safety-gate");  // every 360 minutes
        ingest::Schedule schedule(world.parts(), {world.source()}, {});
        std::stop_source stop;
        stop.request_stop();
        ingest::RunOptions stopped;
        stopped.stop = stop.get_token();
        BOOST_TEST((world.poll(stopped).state == store::RunState::degraded));
        BOOST_TEST(schedule.run_due() == 1);
        BOOST_TEST(schedule.run_due() == 0);
        world.site().misbehave("eu-safety-gate", {.manner = test::Manner::refuse});
        BOOST_TEST((world.poll().state == store::RunState::failed));
        world.site().behave("eu-safety-gate");
        world.clock().turn(std::chrono::minutes(14));
        BOOST_TEST(schedule.run_due() == 0);
        world.clock().turn(std::chrono::minutes(3));
        BOOST_TEST(schedule.run_due() == 1);
    });
}

BOOST_AUTO_TEST_CASE(a_source_that_asked_for_rest_gets_it_from_a_gateway_that_started_later_too) {
    const test::Quiet quiet;
    struct Row {
        const char* asked;
        std::chrono::minutes kept;
    };
    const Row rows[] = {{"7200", std::chrono::hours(2)},
                        // What passes the limit is cut to it.
                        {"9999999", ingest::asked_wait_max}};
    for (const Row& row : rows) {
        on_each_store([&](TestStore& store) {
            {
                PollWorld world(store, "us-cpsc");
                ingest::Schedule schedule(world.parts(), {world.source()}, {});
                world.site().misbehave("us-cpsc",
                                       {.manner = test::Manner::too_many, .detail = row.asked});
                BOOST_TEST(schedule.run_due() == 1);
            }
            PollWorld world(store, "us-cpsc");
            ingest::Schedule schedule(world.parts(), {world.source()}, {});
            world.clock().turn(row.kept - std::chrono::minutes(1));
            BOOST_TEST(schedule.run_due() == 0);
            const auto early =
                ingest::run_source(world.parts(), world.mapping(), world.source().adapter, {});
            BOOST_TEST((!early && early.error().code == ErrorCode::rate_limited));
            world.clock().turn(std::chrono::minutes(2));
            BOOST_TEST(schedule.run_due() == 1);
            BOOST_TEST(world.notices() > 0);
            // It was good again, and nothing of its wish is left.
            BOOST_TEST((world.poll().state != store::RunState::failed));
        });
    }
}

BOOST_AUTO_TEST_CASE(closed_sources_wait_for_their_opening_hours) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "jp-caa");  // from 07:00 to 22:00 in Tokyo, Monday to Friday
        ingest::Schedule schedule(world.parts(), {world.source()}, {});
        world.clock().turn(std::chrono::hours(2));  // 23:00 on Wednesday, over there
        BOOST_TEST(schedule.run_due() == 0);
        world.clock().turn(std::chrono::hours(9));  // 08:00 on Thursday
        BOOST_TEST(schedule.run_due() == 1);
    });
}

BOOST_AUTO_TEST_CASE(the_workers_poll_until_they_are_stopped_promptly) {
    on_each_store([](TestStore& store) {
        PollWorld world(store, "us-cpsc");
        ingest::Schedule schedule(world.parts(), {world.source()}, {.workers = 2});
        schedule.start();
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (world.notices() == 0 && std::chrono::steady_clock::now() < deadline)
            std::this_thread::yield();
        const auto before = std::chrono::steady_clock::now();
        schedule.stop();
        BOOST_TEST((std::chrono::steady_clock::now() - before < std::chrono::seconds(5)));
        BOOST_TEST(world.notices() > 0);
        const auto session = world.database().lease();
        const auto latest = store::Runs(*session).latest("us-cpsc");
        BOOST_REQUIRE(latest.has_value());
        BOOST_TEST((latest->state != store::RunState::running));
    });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
