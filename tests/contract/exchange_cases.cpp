// Takedown cases on every store: a confirmed match becomes an order at the platform, its report
// closes the case, and nothing else does.

#include "gateway/base/log.h"
#include "gateway/cases/takedown.h"
#include "gateway/exchange/partners.h"
#include "gateway/json/listing_json.h"
#include "gateway/store/inbox.h"
#include "gateway/store/listings.h"
#include "gateway/store/matches.h"
#include "gateway/store/outbox.h"
#include "gateway/xml/message_xml.h"
#include "tests/support/exchange.h"
#include "tests/support/quiet.h"
#include "tests/support/stores.h"

using recall::ErrorCode;
using recall::test::DirectLine;
using recall::test::Quiet;
using recall::test::TestStore;
namespace cases = recall::cases;
namespace exchange = recall::exchange;
namespace model = recall::model;
namespace store = recall::store;
namespace test = recall::test;

namespace {

// An authority with a match, and a platform with a gateway of its own.
struct Desk {
    explicit Desk(TestStore& opened) : store(opened), platform_store(opened.database().dialect()) {
        test::register_partner(platform_store.database(), test::partner_of(us));
        to_platform.lead_to(&platform_receiver);
        to_us.lead_to(&our_receiver);
        model::Listing listing;
        listing.id = "L-1";
        listing.platform = "market";
        listing.title = "Glimmer lamp";
        listing.url = "https://market.example/L-1";
        store::in_write_transaction(store.database(), [&](store::Session& session) {
            store::Listings(session).upsert(listing, recall::json::write_listing(listing),
                                            clock.now());
            model::Match found;
            found.listing = "L-1";
            found.notice = "us-test:1";
            found.score = 0.99;
            found.decision = model::Decision::match;
            match = store::Matches(session).save(
                found, "market",
                R"([{"kind":"brand","for":true,"weight":2.0,"notice":"Glimmer",)"
                R"("listing":"glimmer"},{"kind":"language","for":false,"weight":-0.1}])",
                clock.now());
        });
    }
    void add_platform() {
        model::Partner partner = test::partner_of(platform);
        partner.platforms = {"market"};
        test::register_partner(store.database(), partner);
    }
    recall::Result<store::TakedownCase> confirm() {
        return cases::confirm_match(
            store.database(), &us,
            {.match = match, .by = "analyst", .reason = "same lamp", .legal_basis = "Law §5"},
            clock.now());
    }
    store::TakedownCase stored(const std::string& id) {
        const auto session = store.database().lease();
        return store::Cases(*session).get(id).value();
    }

    Quiet quiet;
    TestStore& store;
    TestStore platform_store;
    test::TurnedClock clock;
    exchange::Identity us = test::make_party("yy-us");
    exchange::Identity platform = test::make_party("xx-market");
    exchange::Receiver our_receiver{store.database(), clock, us, test::exchange_schema(),
                                    cases::effects()};
    exchange::Receiver platform_receiver{
        platform_store.database(), clock, platform, test::exchange_schema(), {}};
    DirectLine to_platform{test::connection_of("yy-us")};
    DirectLine to_us{test::connection_of("xx-market")};
    exchange::Deliverer ours{
        {store.database(), clock, us, test::exchange_schema(), to_platform, "us"}, {}, [] {
            return 0.5;
        }};
    exchange::Deliverer theirs{
        {platform_store.database(), clock, platform, test::exchange_schema(), to_us, "them"},
        {},
        [] { return 0.5; }};
    long long match = 0;
};

model::TakedownReport report_on(const std::string& order) {
    return {order, "removed", "2026-05-05T00:00:00Z", "gone"};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(exchange_cases)

BOOST_AUTO_TEST_CASE(a_confirmed_match_becomes_an_order_and_its_report_closes_the_case) {
    test::on_each_store([](TestStore& store) {
        Desk desk(store);
        desk.add_platform();
        const auto opened = desk.confirm();
        BOOST_REQUIRE(opened.ok());
        BOOST_CHECK(opened->state == store::CaseState::ordered);
        BOOST_TEST(desk.ours.deliver_due().delivered == 1);
        {
            const auto session = desk.platform_store.database().lease();
            const auto order = store::Inbox(*session).in_conversation("takedown_order", opened->id);
            BOOST_REQUIRE(order.has_value());
            BOOST_TEST(order->content.find("brand: Glimmer = glimmer") != std::string::npos);
            BOOST_TEST(order->content.find("https://market.example/L-1") != std::string::npos);
            BOOST_TEST(order->content.find("language") == std::string::npos);
        }
        auto& platform = desk.platform_store.database();
        const auto sent =
            cases::answer_order(platform, desk.platform, report_on(opened->id), desk.clock.now());
        BOOST_REQUIRE_MESSAGE(sent.ok(), (sent ? "" : sent.error().text));
        BOOST_TEST(desk.theirs.deliver_due().delivered == 1);
        const store::TakedownCase closed = desk.stored(opened->id);
        BOOST_CHECK(closed.state == store::CaseState::closed);
        BOOST_TEST(closed.outcome == "removed");
        const auto session = store.database().lease();
        BOOST_TEST(store::Inbox(*session).find("xx-market", *sent)->position ==
                   closed.report_position);
        const auto again =
            cases::answer_order(platform, desk.platform, report_on(opened->id), desk.clock.now());
        BOOST_REQUIRE(!again.ok());
        BOOST_CHECK(again.error().code == ErrorCode::conflict);
    });
}

BOOST_AUTO_TEST_CASE(a_match_is_decided_once) {
    test::on_each_store([](TestStore& store) {
        Desk desk(store);
        desk.add_platform();
        BOOST_CHECK(desk.confirm().ok());
        const auto again = desk.confirm();
        BOOST_REQUIRE(!again.ok());
        BOOST_CHECK(again.error().code == ErrorCode::conflict);
        BOOST_CHECK(!cases::reject_match(store.database(), desk.match, "x", "", desk.clock.now()));
        BOOST_CHECK(
            cases::reject_match(store.database(), 999, "x", "", desk.clock.now()).error().code ==
            ErrorCode::not_found);
        const auto session = store.database().lease();
        BOOST_TEST(store::Outbox(*session).count(store::OutboxState::pending) == 1);
    });
}

BOOST_AUTO_TEST_CASE(a_rejected_match_sends_nothing) {
    test::on_each_store([](TestStore& store) {
        Desk desk(store);
        desk.add_platform();
        BOOST_CHECK(cases::reject_match(store.database(), desk.match, "x", "", desk.clock.now()));
        BOOST_CHECK(!desk.confirm().ok());
        const auto session = store.database().lease();
        BOOST_TEST(store::Outbox(*session).count(store::OutboxState::pending) == 0);
        BOOST_TEST(store::Cases(*session).list(std::nullopt, "", 10)->rows.empty());
    });
}

BOOST_AUTO_TEST_CASE(a_case_without_a_partner_waits_for_one) {
    test::on_each_store([](TestStore& store) {
        Desk desk(store);
        const auto opened = desk.confirm();
        BOOST_REQUIRE(opened.ok());
        BOOST_CHECK(opened->state == store::CaseState::opened);
        const auto now = desk.clock.now();
        BOOST_CHECK(!cases::send_order(store.database(), desk.us, opened->id, now).ok());
        desk.add_platform();
        BOOST_CHECK(cases::send_order(store.database(), desk.us, opened->id, now).ok());
        BOOST_CHECK(!cases::send_order(store.database(), desk.us, opened->id, now).ok());
        BOOST_CHECK(desk.stored(opened->id).state == store::CaseState::ordered);
        BOOST_TEST(desk.ours.deliver_due().delivered == 1);
    });
}

BOOST_AUTO_TEST_CASE(a_report_on_an_order_that_is_not_the_senders_is_refused) {
    test::on_each_store([](TestStore& store) {
        Desk desk(store);
        desk.add_platform();
        const auto opened = desk.confirm();
        const exchange::Identity other = test::make_party("zz-other");
        test::register_partner(store.database(), test::partner_of(other));
        model::Message message = test::sample_message(other, "yy-us", 1, desk.clock.now());
        message.kind = "takedown_report";
        message.subject = {opened->id, 2};
        message.payload = report_on(opened->id);
        const auto answer = desk.our_receiver.receive(
            {test::connection_of("zz-other"), "application/xml",
             exchange::seal(message, exchange::Format::xml, other).bytes});
        BOOST_REQUIRE(answer.ok());
        BOOST_TEST(answer->status == 422);
        const auto session = store.database().lease();
        BOOST_TEST(store::Inbox(*session).refusals("zz-other", 1).at(0).code == "RULE-3");
        BOOST_CHECK(store::Cases(*session).get(opened->id)->state == store::CaseState::ordered);
    });
}

BOOST_AUTO_TEST_SUITE_END()
