// Delivery on every store, between two gateways on a line that can be made bad: everything arrives
// once, in order, and is delivered only by its receipt (docs/protocol.md ).

#include "gateway/base/log.h"
#include "gateway/exchange/distribution.h"
#include "gateway/exchange/enqueue.h"
#include "gateway/exchange/received_notice.h"
#include "gateway/json/notice_json.h"
#include "gateway/store/inbox.h"
#include "gateway/store/leases.h"
#include "gateway/store/notices.h"
#include "tests/support/exchange.h"
#include "tests/support/quiet.h"
#include "tests/support/stores.h"

using namespace std::chrono_literals;
using recall::test::DirectLine;
using recall::test::Quiet;
using recall::test::TestStore;
using Fault = DirectLine::Fault;
namespace exchange = recall::exchange;
namespace model = recall::model;
namespace store = recall::store;
namespace test = recall::test;

namespace {

// We send, they receive.
struct Pair {
    explicit Pair(TestStore& ours, const std::string& format = "xml")
        : our_store(ours), their_store(ours.database().dialect()) {
        test::register_partner(our_store.database(), test::partner_of(them, format));
        test::register_partner(their_store.database(), test::partner_of(us));
        line.lead_to(&receiver);
    }

    std::string send(long long subject_number) {
        return store::in_write_transaction(our_store.database(), [&](store::Session& session) {
            model::Message draft =
                test::sample_message(us, them.party, subject_number, clock.now());
            return exchange::enqueue(session, us, test::partner_of(them, "xml"), draft,
                                     clock.now());
        });
    }
    store::OutboxMessage sent(const std::string& id) {
        const auto session = our_store.database().lease();
        const auto message = store::Outbox(*session).find(id);
        BOOST_REQUIRE(message.has_value());
        return *message;
    }
    std::vector<store::InboxMessage> arrived() {
        const auto session = their_store.database().lease();
        return store::Inbox(*session).list("", "", "", 1000)->rows;
    }
    exchange::DeliveryCounts deliver() { return deliverer.deliver_due(); }

    Quiet quiet;
    TestStore& our_store;
    TestStore their_store;
    test::TurnedClock clock;
    exchange::Identity us = test::make_party("yy-us");
    exchange::Identity them = test::make_party("xx-them");
    exchange::Receiver receiver{their_store.database(),
                                clock,
                                them,
                                test::exchange_schema(),
                                {{"notice", exchange::store_notice}}};
    DirectLine line{test::connection_of(us.party)};
    exchange::RetryPolicy policy{{1s, 8s}, 6, 3};
    exchange::Deliverer deliverer{
        {our_store.database(), clock, us, test::exchange_schema(), line, "node"}, policy, [] {
            return 0.5;
        }};
};

void store_own_notice(Pair& pair, const model::Notice& notice) {
    const std::string json = recall::json::write_notice(notice);
    store::in_write_transaction(pair.our_store.database(), [&](store::Session& session) {
        store::Notices(session).upsert(
            {.notice = notice, .json = json, .content_hash = json, .raw_sha256 = ""},
            [](std::string_view text) { return recall::json::read_notice(text); },
            pair.clock.now());
    });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(exchange_delivery)

BOOST_AUTO_TEST_CASE(messages_arrive_in_order_and_keep_their_receipts) {
    test::on_each_store([](TestStore& store) {
        Pair pair(store);
        std::vector<std::string> ids;
        for (int i = 1; i <= 5; ++i)
            ids.push_back(pair.send(i));
        BOOST_TEST(pair.deliver().delivered == 5);
        const auto arrived = pair.arrived();
        BOOST_REQUIRE(arrived.size() == 5U);
        for (std::size_t i = 0; i < ids.size(); ++i) {
            BOOST_TEST(arrived[i].message_id == ids[i]);
            BOOST_TEST(arrived[i].sequence == static_cast<long long>(i + 1));
            const store::OutboxMessage message = pair.sent(ids[i]);
            BOOST_CHECK(message.state == store::OutboxState::delivered);
            BOOST_TEST(!message.receipt.empty());
        }
        BOOST_TEST(pair.deliver().delivered == 0);
    });
}

BOOST_AUTO_TEST_CASE(a_lost_reply_is_made_good_by_the_same_receipt) {
    test::on_each_store([](TestStore& store) {
        Pair pair(store);
        const std::string id = pair.send(1);
        pair.line.when([](int post) { return post <= 2 ? Fault::reply_is_lost : Fault::none; });
        BOOST_TEST(pair.deliver().failed == 1);
        BOOST_CHECK(pair.sent(id).state == store::OutboxState::pending);
        BOOST_TEST(pair.deliver().failed == 0);  // not due yet
        pair.clock.turn(10s);
        BOOST_TEST(pair.deliver().failed == 1);
        pair.clock.turn(10s);
        BOOST_TEST(pair.deliver().delivered == 1);
        BOOST_TEST(pair.line.posts() == 3);
        BOOST_REQUIRE(pair.arrived().size() == 1U);
        const auto session = pair.their_store.database().lease();
        BOOST_TEST(store::Inbox(*session).find("yy-us", id)->receipt == pair.sent(id).receipt);
        BOOST_TEST(store::Notices(*session).revisions("xx-test:1").size() == 1U);
    });
}

BOOST_AUTO_TEST_CASE(an_altered_or_missing_receipt_leaves_the_message_pending) {
    test::on_each_store([](TestStore& store) {
        Pair pair(store);
        const std::string id = pair.send(1);
        const struct {
            Fault fault;
            std::string code;
        } rows[] = {{Fault::nothing_arrives, "unreachable"},
                    {Fault::not_a_receipt, "refused"},
                    {Fault::reply_is_altered, "bad-receipt"}};
        for (const auto& row : rows) {
            BOOST_TEST_CONTEXT(row.code) {
                pair.line.when([&](int) { return row.fault; });
                pair.clock.turn(20s);
                BOOST_TEST(pair.deliver().failed == 1);
                BOOST_TEST(pair.sent(id).last_code == row.code);
                BOOST_CHECK(pair.sent(id).state == store::OutboxState::pending);
            }
        }
        pair.line.when([](int) { return Fault::none; });
        pair.clock.turn(20s);
        BOOST_TEST(pair.deliver().delivered == 1);
        BOOST_TEST(pair.arrived().size() == 1U);
    });
}

BOOST_AUTO_TEST_CASE(a_message_that_fails_too_often_is_dead_until_an_operator_retries_it) {
    test::on_each_store([](TestStore& store) {
        Pair pair(store);
        const std::string first = pair.send(1);
        const std::string second = pair.send(2);
        pair.line.when([](int) { return Fault::nothing_arrives; });
        for (int attempt = 1; attempt <= 6; ++attempt) {
            BOOST_CHECK(pair.sent(first).state == store::OutboxState::pending);
            BOOST_TEST(pair.deliver().failed == 1);
            pair.clock.turn(20s);
        }
        BOOST_CHECK(pair.sent(first).state == store::OutboxState::dead);
        BOOST_TEST(pair.sent(second).attempts == 0);
        pair.line.when([](int) { return Fault::none; });
        BOOST_TEST(pair.deliver().delivered == 1);
        const std::string bytes = pair.sent(first).content;
        store::in_write_transaction(store.database(), [&](store::Session& session) {
            BOOST_CHECK(store::Outbox(session).retry(first, pair.clock.now()).ok());
            BOOST_CHECK(!store::Outbox(session).retry(second, pair.clock.now()).ok());
        });
        BOOST_TEST(pair.deliver().delivered == 1);
        BOOST_TEST(pair.arrived().at(1).message_id == first);
        BOOST_TEST(pair.sent(first).content == bytes);
        const auto session = pair.their_store.database().lease();
        BOOST_TEST(store::Inbox(*session).gaps("yy-us", 10).empty());
    });
}

BOOST_AUTO_TEST_CASE(a_line_that_is_down_is_left_alone_and_taken_up_again) {
    test::on_each_store([](TestStore& store) {
        Pair pair(store);
        for (int i = 1; i <= 3; ++i)
            pair.send(i);
        pair.line.when([](int post) { return post <= 4 ? Fault::nothing_arrives : Fault::none; });
        for (int look = 0; look < 200 && pair.arrived().size() < 3; ++look) {
            pair.deliver();
            pair.clock.turn(500ms);
        }
        BOOST_TEST(pair.arrived().size() == 3U);
        BOOST_TEST(pair.line.posts() == 7);  // 4 lost and 3 good, in 200 looks
        const auto session = store.database().lease();
        BOOST_TEST(store::Outbox(*session).line("xx-them").failures == 0);
    });
}

BOOST_AUTO_TEST_CASE(a_refused_message_stays_refused_and_lets_the_next_pass) {
    test::on_each_store([](TestStore& store) {
        Pair pair(store);
        const std::string early =
            store::in_write_transaction(store.database(), [&](store::Session& session) {
                model::Message draft = test::sample_message(pair.us, "xx-them", 1, {});
                return exchange::enqueue(session, pair.us, test::partner_of(pair.them), draft,
                                         pair.clock.now() + 10min);  // our clock is wrong
            });
        const std::string good = pair.send(2);
        store::in_write_transaction(store.database(), [&](store::Session& session) {
            // As if the wrong clock had thought it due.
            const auto message = store::Outbox(session).find(early);
            store::OutboxOutcome again;
            again.next_attempt = pair.clock.now();
            store::Outbox(session).settle(*message, again, pair.clock.now());
        });
        const auto counts = pair.deliver();
        BOOST_TEST(counts.refused == 1);
        BOOST_TEST(counts.delivered == 1);
        BOOST_CHECK(pair.sent(early).state == store::OutboxState::refused);
        BOOST_TEST(pair.sent(early).last_code == "TIME-WINDOW");
        BOOST_TEST(!pair.sent(early).receipt.empty());
        // Mended by time: the same bytes are good when the clocks agree.
        pair.clock.turn(10min);
        store::in_write_transaction(store.database(), [&](store::Session& session) {
            BOOST_CHECK(store::Outbox(session).retry(early, pair.clock.now()).ok());
        });
        BOOST_TEST(pair.deliver().delivered == 1);
        BOOST_TEST(pair.arrived().size() == 2U);
    });
}

BOOST_AUTO_TEST_CASE(a_rolled_back_decision_leaves_no_message_and_no_gap) {
    test::on_each_store([](TestStore& store) {
        Pair pair(store);
        pair.send(1);
        BOOST_CHECK_THROW(store::in_write_transaction(
                              store.database(),
                              [&](store::Session& session) {
                                  exchange::enqueue(
                                      session, pair.us, test::partner_of(pair.them),
                                      test::sample_message(pair.us, "xx-them", 2, pair.clock.now()),
                                      pair.clock.now());
                                  throw recall::Failure(recall::ErrorCode::io, "on purpose");
                              }),
                          recall::Failure);
        pair.send(3);
        BOOST_TEST(pair.deliver().delivered == 2);
        BOOST_TEST(pair.arrived().at(1).sequence == 2);
    });
}

BOOST_AUTO_TEST_CASE(another_node_that_holds_the_lease_is_left_to_its_work) {
    test::on_each_store([](TestStore& store) {
        Pair pair(store);
        pair.send(1);
        store::in_write_transaction(store.database(), [&](store::Session& session) {
            store::Leases(session).acquire("outbox/xx-them", "another", pair.clock.now(), 1min);
        });
        BOOST_TEST(pair.deliver().delivered == 0);
        pair.clock.turn(2min);  // it died
        BOOST_TEST(pair.deliver().delivered == 1);
    });
}

BOOST_AUTO_TEST_CASE(notices_go_out_by_the_rules_once_per_change_and_never_back) {
    test::on_each_store([](TestStore& store) {
        for (const char* format : {"xml", "json"}) {
            BOOST_TEST_CONTEXT(format) {
                TestStore fresh(store.database().dialect());
                Pair pair(fresh, format);
                model::Partner partner = test::partner_of(pair.them, format);
                model::DistributionRule rule;
                rule.jurisdictions = {"US"};
                rule.sensitivity = "green";
                partner.distribution = {rule};
                test::register_partner(fresh.database(), partner);
                model::Notice notice = test::sample_notice("us-test:1", "First");
                store_own_notice(pair, notice);
                model::Notice secret = test::sample_notice("us-test:2", "Secret");
                secret.sensitivity = "red";
                store_own_notice(pair, secret);
                model::Notice told = test::sample_notice("us-test:3", "Told");
                told.source = "partner:zz-third";
                store_own_notice(pair, told);
                const auto now = pair.clock.now();
                BOOST_TEST(exchange::distribute(fresh.database(), pair.us, now) == 1);
                BOOST_TEST(exchange::distribute(fresh.database(), pair.us, now) == 0);
                notice.title[0].text = "Second";
                store_own_notice(pair, notice);
                BOOST_TEST(exchange::distribute(fresh.database(), pair.us, now) == 1);
                BOOST_TEST(pair.deliver().delivered == 2);
                const auto arrived = pair.arrived();
                BOOST_TEST(arrived.at(0).action == "new");
                BOOST_TEST(arrived.at(1).action == "update");
                BOOST_TEST(arrived.at(1).subject_version == 2);
                BOOST_TEST(arrived.at(1).format == format);
                const auto session = pair.their_store.database().lease();
                BOOST_TEST(store::Notices(*session).revisions("us-test:1").size() == 2U);
            }
        }
    });
}

BOOST_AUTO_TEST_SUITE_END()
