// The whole line on loopback: an authority's site is polled, a listing is found to be the recalled
// product, an analyst confirms, and notice and takedown order reach the platform's own gateway,
// while replies get lost, messages come twice and both gateways end in the middle.

#include <boost/test/unit_test.hpp>

#include "gateway/base/log.h"
#include "gateway/cases/match_work.h"
#include "gateway/cases/takedown.h"
#include "gateway/catalogue/intake.h"
#include "gateway/json/notice_json.h"
#include "gateway/store/inbox.h"
#include "gateway/store/matches.h"
#include "gateway/store/notices.h"
#include "gateway/store/outbox.h"
#include "tests/scenario/gateway_node.h"
#include "tests/support/poll_world.h"
#include "tests/support/quiet.h"

using namespace std::chrono_literals;
namespace cases = recall::cases;
namespace ingest = recall::ingest;
namespace model = recall::model;
namespace store = recall::store;
namespace test = recall::test;

namespace {

const std::string charger = "us-cpsc:90001";

model::Listing listing(const std::string& id, const std::string& title) {
    model::Listing out;
    out.id = id;
    out.platform = "market";
    out.kind = "listing";
    out.title = title;
    return out;
}

struct Line {
    Line() {
        model::Partner partner = them.as_partner("xml");
        partner.platforms = {"market"};
        partner.distribution = {model::DistributionRule{}};
        test::register_partner(us.database(), partner);
        test::register_partner(them.database(), us.as_partner("xml"));
    }

    void poll() {
        const ingest::PolledSource source = test::quick_source("us-cpsc");
        recall::net::Fetcher fetcher(
            {.spool_folder = folder.path().string(), .stand_in = site.url()}, clock);
        const ingest::RunParts parts{us.database(), fetcher, clock, "us"};
        const auto report = ingest::run_source(parts, source.mapping, source.adapter, {});
        BOOST_REQUIRE_MESSAGE(report.ok(), (report ? "" : report.error().line()));
        BOOST_TEST(report->counts.created > 20);
    }
    std::vector<store::StoredMatch> match() {
        const model::Listing listings[] = {
            listing("L-1", "Luminar PowerCube 65W USB-C 充电器 LPC-65 白色"),
            listing("L-2", "Wooden salad bowl, 30 cm"),
        };
        store::in_write_transaction(us.database(), [&](store::Session& session) {
            recall::catalogue::store_listings(session, listings, clock.now());
        });
        const auto lexicon = recall::match::Lexicon::load(RECALLGW_SOURCE_DIR "/mappings/lexicon");
        cases::MatchWork(us.database(), lexicon, clock, "us", {}).run_once();
        const auto session = us.database().lease();
        store::MatchFilter filter;
        filter.notice = charger;
        return store::Matches(*session).list(filter, "", 10)->rows;
    }
    // Both sides in turn, with time between, over a line that loses three of four replies and
    // doubles every post; after some rounds one of them ends and starts again.
    void run_badly_until_settled() {
        int restarts = 0;
        for (int round = 1; round <= 200; ++round) {
            for (test::GatewayNode* node : {&us, &them}) {
                node->line().double_every_post();
                node->line().lose([this](int) { return ++posts % 4 != 0; });
                node->service().run_once();
            }
            if (pending(us) == 0 && pending(them) == 0) {
                BOOST_TEST(restarts > 0);
                return;
            }
            if (round % 4 == 1) (++restarts % 2 == 0 ? us : them).restart();
            clock.turn(1min);
        }
        BOOST_ERROR("messages are still pending");
    }
    static long long pending(test::GatewayNode& node) {
        const auto session = node.database().lease();
        return store::Outbox(*session).count(store::OutboxState::pending);
    }
    std::size_t arrived(test::GatewayNode& node, const std::string& sender) {
        const auto session = node.database().lease();
        BOOST_TEST(store::Inbox(*session).gaps(sender, 10).empty());
        return store::Inbox(*session).list(sender, "", "", 1000)->rows.size();
    }

    int posts = 0;  // of both sides, over all restarts
    test::Quiet quiet;
    test::TempFolder folder;
    test::Pki pki{folder.path().string()};
    test::TurnedClock clock;
    test::StandIn site{test::stand_in_options()};
    test::GatewayNode us{pki, "cn-authority", clock, {}};
    test::GatewayNode them{pki, "xx-market", clock, {}};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(whole_line)

BOOST_AUTO_TEST_CASE(a_polled_recall_ends_in_a_takedown_on_the_platform_that_lists_it) {
    Line line;
    line.poll();
    const auto matches = line.match();
    BOOST_REQUIRE(matches.size() == 1U);
    BOOST_TEST(matches[0].listing == "L-1");
    BOOST_CHECK(matches[0].decision != model::Decision::no_match);

    const auto opened = cases::confirm_match(line.us.database(), &line.us.identity(),
                                             {.match = matches[0].id,
                                              .by = "analyst",
                                              .reason = "same charger",
                                              .legal_basis = "Law §5"},
                                             line.clock.now());
    BOOST_REQUIRE_MESSAGE(opened.ok(), (opened ? "" : opened.error().line()));
    line.run_badly_until_settled();

    std::size_t notices = 0;
    {
        const auto ours = line.us.database().lease();
        const auto theirs = line.them.database().lease();
        notices = static_cast<std::size_t>(store::Notices(*ours).count("us-cpsc"));
        const auto sent = store::Notices(*ours).get(charger);
        const auto received = store::Notices(*theirs).get(charger);
        BOOST_REQUIRE((sent && received));
        BOOST_TEST(store::Notices(*theirs).revisions(charger).size() == 1U);
        const auto original = recall::json::read_notice(sent->json);
        const auto copy = recall::json::read_notice(received->json);
        BOOST_TEST(copy->source == "partner:cn-authority");
        BOOST_CHECK(copy->products == original->products);
        BOOST_CHECK(copy->hazards == original->hazards);
    }
    BOOST_TEST(line.arrived(line.them, "cn-authority") == notices + 1);  // and the order

    const auto report = cases::answer_order(
        line.them.database(), line.them.identity(),
        {opened->id, "removed", recall::to_text(line.clock.now()), "gone"}, line.clock.now());
    BOOST_REQUIRE_MESSAGE(report.ok(), (report ? "" : report.error().line()));
    line.run_badly_until_settled();
    BOOST_TEST(line.arrived(line.us, "xx-market") == 1U);
    const auto session = line.us.database().lease();
    const auto closed = store::Cases(*session).get(opened->id);
    BOOST_REQUIRE(closed.has_value());
    BOOST_CHECK(closed->state == store::CaseState::closed);
    BOOST_TEST(closed->outcome == "removed");
    BOOST_TEST(store::Inbox(*session).find("xx-market", *report).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
