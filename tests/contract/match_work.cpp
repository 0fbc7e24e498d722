// Matching as it goes on in a running gateway, on every store.

#include "gateway/cases/match_work.h"

#include "gateway/json/listing_json.h"
#include "gateway/json/notice_json.h"
#include "gateway/store/leases.h"
#include "gateway/store/listings.h"
#include "gateway/store/matches.h"
#include "gateway/store/notices.h"
#include "tests/support/exchange.h"
#include "tests/support/quiet.h"
#include "tests/support/stores.h"

using recall::cases::MatchCounts;
using recall::cases::MatchDuty;
using recall::cases::MatchWork;
using recall::cases::MatchWorkOptions;
using recall::test::TestStore;
namespace model = recall::model;
namespace store = recall::store;
namespace test = recall::test;

namespace {

std::shared_ptr<const recall::match::Lexicon> lexicon() {
    static const auto loaded =
        recall::match::Lexicon::load(RECALLGW_SOURCE_DIR "/mappings/lexicon");
    return loaded;
}

struct Desk {
    explicit Desk(TestStore& opened, MatchWorkOptions with = {})
        : database(opened.database()), options(with) {
        begin();
    }

    // As the process does when it starts.
    void begin(const std::string& owner = "node") {
        work = std::make_unique<MatchWork>(database, lexicon(), clock, owner, options);
    }

    void put_notice(const std::string& id, const std::string& brand, const std::string& model) {
        store::in_write_transaction(
            database, [&](store::Session& session) { put_notice(session, id, brand, model); });
    }
    void put_notice(store::Session& session, const std::string& id, const std::string& brand,
                    const std::string& model) const {
        model::Notice notice = test::sample_notice(id, brand + " stroller " + model);
        model::Product product;
        product.name = {{.lang = "en", .text = brand + " stroller " + model, .made_by = {}}};
        product.brands = {brand};
        product.models = {model};
        notice.products = {product};
        const std::string json = recall::json::write_notice(notice);
        store::Notices(session).upsert(
            {.notice = notice, .json = json, .content_hash = json, .raw_sha256 = ""},
            [](std::string_view text) { return recall::json::read_notice(text); }, clock.now());
    }
    void put_listing(const std::string& id, const std::string& title, const std::string& brand) {
        model::Listing listing;
        listing.id = id;
        listing.platform = "market";
        listing.kind = "listing";
        listing.title = title;
        listing.brand = brand;
        store::in_write_transaction(database, [&](store::Session& session) {
            store::Listings(session).upsert(listing, recall::json::write_listing(listing),
                                            clock.now());
        });
    }
    std::vector<store::StoredMatch> matches() {
        const auto session = database.lease();
        return store::Matches(*session).list({}, "", 1000)->rows;
    }

    store::Database& database;
    MatchWorkOptions options;
    test::TurnedClock clock;
    std::unique_ptr<MatchWork> work;
};

void put_pair(Desk& desk) {
    desk.put_notice("us-test:1", "Glimmerhaus", "GL-2000X");
    desk.put_listing("1", "Glimmerhaus GL-2000X baby stroller", "Glimmerhaus");
    desk.put_listing("2", "Garden hose 20 m", "Wasserfix");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(match_work)

BOOST_AUTO_TEST_CASE(a_listing_and_a_notice_lead_to_a_match_with_evidence) {
    test::on_each_store([](TestStore& opened) {
        Desk desk(opened);
        put_pair(desk);
        BOOST_TEST(!desk.work->is_ready());
        const MatchCounts counts = desk.work->run_once();
        BOOST_TEST(counts.listings == 2);
        BOOST_TEST(counts.stored == 1);
        BOOST_TEST(desk.work->is_ready());
        const auto matches = desk.matches();
        BOOST_REQUIRE(matches.size() == 1U);
        BOOST_TEST(matches[0].listing == "1");
        BOOST_TEST(matches[0].notice == "us-test:1");
        BOOST_CHECK(matches[0].decision == model::Decision::match);
        BOOST_TEST(matches[0].evidence_json.find(R"("kind":"model")") != std::string::npos);
    });
}

BOOST_AUTO_TEST_CASE(a_round_or_a_start_without_news_writes_nothing) {
    test::on_each_store([](TestStore& opened) {
        Desk desk(opened);
        put_pair(desk);
        desk.work->run_once();
        const auto before = desk.matches();
        desk.clock.turn(std::chrono::minutes(1));
        for (int start = 0; start < 2; ++start) {
            const MatchCounts counts = desk.work->run_once();
            BOOST_TEST(counts.listings == 0);
            BOOST_TEST(counts.stored == 0);
            desk.begin();
        }
        const auto after = desk.matches();
        BOOST_REQUIRE(after.size() == before.size());
        BOOST_TEST(after[0].updated_at == before[0].updated_at);
    });
}

BOOST_AUTO_TEST_CASE(a_new_notice_finds_the_listings_that_were_there_before) {
    test::on_each_store([](TestStore& opened) {
        Desk desk(opened);
        desk.put_listing("1", "Glimmerhaus GL-2000X baby stroller", "Glimmerhaus");
        desk.put_listing("2", "Garden hose 20 m", "Wasserfix");
        desk.work->run_once();
        BOOST_TEST(desk.matches().empty());
        desk.put_notice("us-test:1", "Glimmerhaus", "GL-2000X");
        const MatchCounts counts = desk.work->run_once();
        BOOST_TEST(counts.listings == 1, "only what the notice may be about is looked at");
        BOOST_TEST(counts.stored == 1);
        BOOST_TEST(desk.matches().size() == 1U);
    });
}

BOOST_AUTO_TEST_CASE(many_new_notices_are_matched_with_all_listings_to_the_same_end) {
    test::on_each_store([](TestStore& opened) {
        const test::Quiet quiet;
        Desk desk(opened, {.notices_at_once = 2});
        desk.put_listing("1", "Glimmerhaus GL-2000X baby stroller", "Glimmerhaus");
        desk.work->run_once();
        for (const char* id : {"us-test:1", "us-test:2", "us-test:3"})
            desk.put_notice(id, "Glimmerhaus", "GL-2000X");
        desk.work->run_once();
        BOOST_TEST(desk.matches().size() == 3U);
    });
}

BOOST_AUTO_TEST_CASE(more_notices_than_a_page_of_the_store_are_all_taken_in) {
    const test::Quiet quiet;
    TestStore opened(store::Dialect::sqlite);
    Desk desk(opened);
    desk.put_listing("1", "Glimmerhaus GL-2000X baby stroller", "Glimmerhaus");
    desk.work->run_once();
    store::in_write_transaction(desk.database, [&](store::Session& session) {
        for (int i = 0; i < 1200; ++i)
            desk.put_notice(session, "us-test:" + std::to_string(i), "Kettlewerk", "K-77-B");
    });
    desk.put_notice("us-test:last", "Glimmerhaus", "GL-2000X");
    desk.work->run_once();
    const auto matches = desk.matches();
    BOOST_REQUIRE(matches.size() == 1U);
    BOOST_TEST(matches[0].notice == "us-test:last");
    BOOST_TEST(desk.work->matcher().facts().notices == 1201U);
}

BOOST_AUTO_TEST_CASE(what_changes_is_matched_anew) {
    test::on_each_store([](TestStore& opened) {
        Desk desk(opened);
        put_pair(desk);
        desk.work->run_once();
        const auto first = desk.matches().at(0);
        desk.put_listing("1", "Wasserfix garden hose 20 m", "Wasserfix");
        desk.put_listing("2", "Glimmerhaus stroller GL-2000X", "Glimmerhaus");
        desk.work->run_once();
        const auto changed = desk.matches();
        BOOST_REQUIRE(changed.size() == 2U);
        BOOST_TEST(changed[0].id == first.id);
        BOOST_CHECK(changed[0].decision == model::Decision::no_match);
        BOOST_TEST(changed[0].score < 0.1);
        BOOST_TEST(changed[1].listing == "2");
        // The notice turns out to be about another thing.
        desk.put_notice("us-test:1", "Kettlewerk", "K-77-B");
        desk.work->run_once();
        BOOST_CHECK(desk.matches().at(1).decision == model::Decision::no_match);
    });
}

BOOST_AUTO_TEST_CASE(a_decided_match_is_left_alone) {
    test::on_each_store([](TestStore& opened) {
        Desk desk(opened);
        put_pair(desk);
        desk.work->run_once();
        const auto found = desk.matches().at(0);
        const auto decided = store::in_write_transaction(desk.database, [&](auto& session) {
            const store::Verdict verdict{store::MatchState::rejected, "analyst", "a toy", ""};
            return store::Matches(session).decide(found.id, store::MatchState::open, verdict,
                                                  desk.clock.now());
        });
        BOOST_REQUIRE(decided.ok());
        desk.put_listing("1", "Glimmerhaus GL-2000X baby stroller, blue", "Glimmerhaus");
        desk.put_notice("us-test:1", "Glimmerhaus", "GL-2000X-B");
        BOOST_TEST(desk.work->run_once().stored == 0);
        const auto after = desk.matches();
        BOOST_REQUIRE(after.size() == 1U);
        BOOST_CHECK(after[0].state == store::MatchState::rejected);
        BOOST_TEST(after[0].evidence_json == found.evidence_json);
        BOOST_TEST(after[0].score == found.score);
    });
}

BOOST_AUTO_TEST_CASE(a_vanished_notice_matches_nothing_new_and_keeps_its_matches) {
    test::on_each_store([](TestStore& opened) {
        Desk desk(opened);
        put_pair(desk);
        desk.work->run_once();
        const auto vanished = store::in_write_transaction(desk.database, [&](auto& session) {
            return store::Notices(session).mark_vanished("us-test:1", desk.clock.now());
        });
        BOOST_REQUIRE(vanished.ok());
        desk.put_listing("3", "Glimmerhaus stroller GL-2000X", "Glimmerhaus");
        desk.work->run_once();
        const auto matches = desk.matches();
        BOOST_REQUIRE(matches.size() == 1U);
        BOOST_CHECK(matches[0].decision == model::Decision::match);
    });
}

BOOST_AUTO_TEST_CASE(of_two_processes_one_matches_and_both_know_the_notices) {
    test::on_each_store([](TestStore& opened) {
        Desk desk(opened);
        put_pair(desk);
        MatchWork other(desk.database, lexicon(), desk.clock, "other", {});
        MatchWork reader(desk.database, lexicon(), desk.clock, "reader",
                         {.duty = MatchDuty::follow});
        BOOST_TEST(desk.work->run_once().listings == 2);
        BOOST_TEST(other.run_once().listings == 0);
        BOOST_TEST(reader.run_once().listings == 0);
        BOOST_TEST(other.matcher().facts().notices == 1U);
        BOOST_TEST(reader.matcher().facts().notices == 1U);
        // The one that holds the lease ends without a word.
        desk.put_listing("4", "Glimmerhaus stroller GL-2000X", "Glimmerhaus");
        desk.clock.turn(std::chrono::minutes(10));
        BOOST_TEST(other.run_once().listings == 1);
    });
}

BOOST_AUTO_TEST_CASE(a_thread_that_is_woken_looks_at_once) {
    TestStore opened(store::Dialect::sqlite);
    Desk desk(opened, {.interval = std::chrono::hours(1)});
    put_pair(desk);
    desk.work->start();
    const auto seen = [&](std::size_t count) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        while (desk.matches().size() < count && std::chrono::steady_clock::now() < end)
            std::this_thread::yield();
        return desk.matches().size() == count;
    };
    BOOST_TEST(seen(1));
    desk.put_listing("4", "Glimmerhaus stroller GL-2000X", "Glimmerhaus");
    desk.work->wake();
    BOOST_TEST(seen(2));
    desk.work->stop();
}

BOOST_AUTO_TEST_CASE(a_stopped_thread_lets_its_lease_go) {
    test::on_each_store([](TestStore& opened) {
        Desk desk(opened, {.interval = std::chrono::hours(1)});
        put_pair(desk);
        desk.work->run_once();
        desk.work->start();
        desk.work->stop();
        const auto session = desk.database.lease();
        BOOST_TEST(!store::Leases(*session).holder("match", desk.clock.now()).has_value());
    });
}

BOOST_AUTO_TEST_SUITE_END()
