// Two whole gateways on loopback, over mutual TLS: an authority whose notices and takedown orders
// go to a partner that is a platform, on a good line and on a bad one.

#include <boost/test/unit_test.hpp>

#include <memory>

#include "gateway/base/log.h"
#include "gateway/cases/takedown.h"
#include "gateway/json/notice_json.h"
#include "gateway/store/inbox.h"
#include "gateway/store/listings.h"
#include "gateway/store/matches.h"
#include "gateway/store/notices.h"
#include "gateway/store/outbox.h"
#include "tests/scenario/gateway_node.h"
#include "tests/support/quiet.h"

using namespace std::chrono_literals;
namespace cases = recall::cases;
namespace exchange = recall::exchange;
namespace model = recall::model;
namespace store = recall::store;
namespace test = recall::test;
using recall::ErrorCode;

namespace {

struct Scene {
    explicit Scene(const std::string& format = "xml", const std::string& our_url = {},
                   const std::string& their_url = {})
        : us(pki, "cn-authority", clock, our_url), them(pki, "xx-market", clock, their_url) {
        model::Partner partner = them.as_partner(format);
        partner.platforms = {"market"};
        partner.distribution = {model::DistributionRule{}};
        test::register_partner(us.database(), partner);
        test::register_partner(them.database(), us.as_partner(format));
    }

    void store_notice(const std::string& id, const std::string& title) {
        const model::Notice notice = test::sample_notice(id, title);
        const std::string json = recall::json::write_notice(notice);
        store::in_write_transaction(us.database(), [&](store::Session& session) {
            store::Notices(session).upsert(
                {.notice = notice, .json = json, .content_hash = json, .raw_sha256 = ""},
                [](std::string_view text) { return recall::json::read_notice(text); }, clock.now());
        });
    }
    long long store_match(const std::string& notice) {
        return store::in_write_transaction(us.database(), [&](store::Session& session) {
            model::Match match;
            match.listing = "L-1";
            match.notice = notice;
            match.score = 0.99;
            match.decision = model::Decision::match;
            return store::Matches(session).save(match, "market", "[]", clock.now());
        });
    }
    // Rounds of both sides with time between them, until nothing is pending.
    void run_until_settled() {
        for (int round = 0; round < 60; ++round) {
            us.service().run_once();
            them.service().run_once();
            if (pending(us) == 0 && pending(them) == 0) return;
            clock.turn(1min);
        }
        BOOST_ERROR("messages are still pending");
    }
    static long long pending(test::GatewayNode& node) {
        const auto session = node.database().lease();
        return store::Outbox(*session).count(store::OutboxState::pending);
    }
    // What arrived is what was sent: once, in order, with the same receipts on both sides.
    void check_exactly_once(std::size_t messages) {
        const auto session = them.database().lease();
        store::Inbox inbox(*session);
        const auto arrived = inbox.list("cn-authority", "", "", 1000)->rows;
        BOOST_REQUIRE(arrived.size() == messages);
        BOOST_TEST(inbox.gaps("cn-authority", 10).empty());
        const auto ours = us.database().lease();
        for (std::size_t i = 0; i < messages; ++i) {
            BOOST_TEST(arrived[i].sequence == static_cast<long long>(i + 1));
            const auto sent = store::Outbox(*ours).find(arrived[i].message_id);
            BOOST_REQUIRE(sent.has_value());
            BOOST_CHECK(sent->state == store::OutboxState::delivered);
            const auto kept = inbox.find("cn-authority", arrived[i].message_id);
            BOOST_TEST(kept->receipt == sent->receipt);
            BOOST_TEST(kept->content == sent->content);
        }
    }

    test::Quiet quiet;
    test::TempFolder folder;
    test::Pki pki{folder.path().string()};
    test::TurnedClock clock;
    test::GatewayNode us;
    test::GatewayNode them;
};

void notice_order_and_report(Scene& scene) {
    scene.store_notice("us-test:1", "Lamp catches fire");
    const auto opened = cases::confirm_match(scene.us.database(), &scene.us.identity(),
                                             {.match = scene.store_match("us-test:1"),
                                              .by = "analyst",
                                              .reason = "same lamp",
                                              .legal_basis = "Law §5"},
                                             scene.clock.now());
    BOOST_REQUIRE(opened.ok());
    scene.run_until_settled();
    scene.check_exactly_once(2);
    {
        const auto session = scene.them.database().lease();
        const auto notice = store::Notices(*session).get("us-test:1");
        BOOST_REQUIRE(notice.has_value());
        BOOST_TEST(recall::json::read_notice(notice->json)->source == "partner:cn-authority");
    }
    const auto report = cases::answer_order(
        scene.them.database(), scene.them.identity(),
        {opened->id, "removed", recall::to_text(scene.clock.now()), "gone"}, scene.clock.now());
    BOOST_REQUIRE(report.ok());
    scene.run_until_settled();
    const auto session = scene.us.database().lease();
    const auto closed = store::Cases(*session).get(opened->id);
    BOOST_CHECK(closed->state == store::CaseState::closed);
    BOOST_TEST(closed->outcome == "removed");
    BOOST_TEST(store::Inbox(*session).find("xx-market", *report).has_value());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(two_gateways)

BOOST_AUTO_TEST_CASE(a_confirmed_match_ends_in_a_takedown_and_the_partner_has_the_notice) {
    for (const char* format : {"xml", "json"}) {
        BOOST_TEST_CONTEXT(format) {
            Scene scene(format);
            notice_order_and_report(scene);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_same_on_postgresql) {
    test::Postgres* postgres = test::shared_postgres();
    if (postgres == nullptr) {
        BOOST_TEST_MESSAGE("skipped: the PostgreSQL server programs are not installed");
        return;
    }
    Scene scene("xml", postgres->new_database(), postgres->new_database());
    notice_order_and_report(scene);
}

BOOST_AUTO_TEST_CASE(lost_replies_and_duplicates_leave_each_message_once) {
    Scene scene;
    scene.us.line().lose([](int post) { return post % 3 != 0; });
    scene.us.line().double_every_post();
    for (int i = 1; i <= 6; ++i)
        scene.store_notice("us-test:" + std::to_string(i), "Lamp " + std::to_string(i));
    scene.run_until_settled();
    scene.check_exactly_once(6);
    const auto session = scene.them.database().lease();
    for (int i = 1; i <= 6; ++i) {
        const std::string id = "us-test:" + std::to_string(i);
        BOOST_TEST(store::Notices(*session).revisions(id).size() == 1U);
    }
}

BOOST_AUTO_TEST_CASE(restarts_on_both_sides_in_the_middle_lose_and_double_nothing) {
    Scene scene;
    int post_of_restart = 0;
    for (int i = 1; i <= 8; ++i) {
        scene.store_notice("us-test:" + std::to_string(i), "Lamp " + std::to_string(i));
        // The reply is lost and then the gateway that waited for it ends.
        scene.us.line().lose([&](int) { return true; });
        scene.us.service().run_once();
        (i % 2 == 0 ? scene.us : scene.them).restart();
        scene.us.line().lose([&](int) { return ++post_of_restart % 2 == 0; });
        scene.clock.turn(1min);
    }
    scene.us.line().lose([](int) { return false; });
    scene.run_until_settled();
    scene.check_exactly_once(8);
}

BOOST_AUTO_TEST_CASE(a_partner_that_is_away_gets_everything_when_it_is_back) {
    Scene scene;
    scene.them.stop();
    for (int i = 1; i <= 3; ++i)
        scene.store_notice("us-test:" + std::to_string(i), "Lamp");
    for (int minute = 0; minute < 60; ++minute) {
        scene.us.service().run_once();
        scene.clock.turn(1min);
    }
    BOOST_TEST(Scene::pending(scene.us) == 3);
    scene.them.start();
    scene.run_until_settled();
    scene.check_exactly_once(3);
}

BOOST_AUTO_TEST_CASE(a_server_with_another_certificate_gets_nothing) {
    Scene scene;
    model::Partner partner = scene.them.as_partner("xml");
    partner.connections = {{std::string(64, 'a'), {}, {}}};
    partner.distribution = {model::DistributionRule{}};
    test::register_partner(scene.us.database(), partner);
    scene.store_notice("us-test:1", "Lamp");
    scene.us.service().run_once();
    const auto ours = scene.us.database().lease();
    const auto sent = store::Outbox(*ours).list(std::nullopt, "", "", 10)->rows;
    BOOST_REQUIRE(sent.size() == 1U);
    BOOST_TEST(sent[0].last_code == "tls");
    const auto theirs = scene.them.database().lease();
    BOOST_TEST(store::Inbox(*theirs).list("", "", "", 10)->rows.empty());
    BOOST_TEST(store::Inbox(*theirs).refusals("", 10).empty());
}

BOOST_AUTO_TEST_CASE(a_client_with_a_certificate_that_is_not_registered_gets_no_receipt) {
    Scene scene;
    const test::Identity stranger = scene.pki.client("stranger");
    recall::net::Courier courier({.identity = {stranger.certificate_file, stranger.key_file, {}},
                                  .authority_file = scene.pki.authority().certificate_file,
                                  .timeout = 20s});
    const std::vector<std::string> pinned = {scene.them.as_partner("xml").connections.at(0).sha256};
    const std::string endpoint = scene.them.endpoint();
    const auto reply = courier.post({.url = endpoint,
                                     .media_type = "application/xml",
                                     .body = "<message/>",
                                     .pinned_certificates = pinned});
    BOOST_REQUIRE_MESSAGE(reply.ok(), (reply ? "" : reply.error().line()));
    BOOST_TEST(reply->status == 401);
    BOOST_TEST(reply->media_type == "application/problem+json");

    test::TempFolder elsewhere;
    const test::Pki other(elsewhere.path().string());
    const test::Identity foreign = other.client("foreign");
    recall::net::Courier refused({.identity = {foreign.certificate_file, foreign.key_file, {}},
                                  .authority_file = scene.pki.authority().certificate_file,
                                  .timeout = 20s});
    BOOST_CHECK(!refused
                     .post({.url = endpoint,
                            .media_type = "application/xml",
                            .body = "<message/>",
                            .pinned_certificates = pinned})
                     .ok());
}

BOOST_AUTO_TEST_CASE(an_altered_message_is_refused_with_a_signed_receipt) {
    Scene scene;
    const model::Message message =
        test::sample_message(scene.us.identity(), "xx-market", 1, scene.clock.now());
    std::string bytes = exchange::seal(message, exchange::Format::xml, scene.us.identity()).bytes;
    bytes.replace(bytes.find("Lamp"), 4, "Limp");
    recall::exchange::NetLine line(
        {.identity = {scene.us.client().certificate_file, scene.us.client().key_file, {}},
         .authority_file = scene.pki.authority().certificate_file,
         .timeout = 20s});
    const model::Partner partner = scene.them.as_partner("xml");
    const auto reply = line.post(partner, "application/xml", bytes, scene.clock.now());
    BOOST_REQUIRE_MESSAGE(reply.ok(), (reply ? "" : reply.error().line()));
    BOOST_TEST(reply->status == 400);
    const auto trust = exchange::trust_in(partner, recall::crypto::purpose_receipts);
    const auto receipt = exchange::open(
        reply->body, exchange::Format::xml,
        {.trust = trust, .schema = test::exchange_schema(), .now = scene.clock.now()});
    BOOST_REQUIRE(receipt.ok());
    BOOST_TEST(std::get<model::Receipt>(receipt->message.payload).code == "REF-DIGEST");
}

BOOST_AUTO_TEST_SUITE_END()
