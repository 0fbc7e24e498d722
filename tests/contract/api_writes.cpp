// Writes of the API that happen once, and the totals, on every store.

#include <atomic>
#include <thread>

#include "gateway/http/write_once.h"
#include "gateway/store/api_replies.h"
#include "gateway/store/listings.h"
#include "gateway/store/totals.h"
#include "tests/support/stores.h"

using recall::Instant;
using recall::Result;
using recall::test::TestStore;
namespace http = recall::http;
namespace store = recall::store;
namespace test = recall::test;

namespace {

struct HeldClock final : recall::Clock {
    Instant now() const override { return test::test_now; }
};

void put_listing(store::Session& session, const std::string& id) {
    recall::model::Listing listing;
    listing.id = id;
    listing.platform = "market";
    listing.title = "t";
    store::Listings(session).upsert(listing, "{}", test::test_now);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(api_writes)

BOOST_AUTO_TEST_CASE(a_reply_is_kept_for_its_time_and_the_first_one_counts) {
    test::on_each_store([](TestStore& opened) {
        const store::ApiReply reply{"caller", "key", "hash", 201, "application/json", "{\"a\":1}"};
        store::ApiReply other = reply;
        other.body = "{}";
        store::in_write_transaction(opened.database(), [&](store::Session& session) {
            store::ApiReplies replies(session);
            BOOST_TEST(replies.add(reply, test::test_now));
            BOOST_TEST(!replies.add(other, test::test_now));
        });
        const auto later = test::test_now + store::api_reply_kept;
        {
            const auto session = opened.database().lease();
            store::ApiReplies replies(*session);
            const auto kept = replies.find("caller", "key", later - std::chrono::seconds(1));
            BOOST_REQUIRE(kept.has_value());
            BOOST_TEST(kept->body == reply.body);
            BOOST_TEST(kept->status == 201);
            BOOST_TEST(!replies.find("caller", "key", later).has_value());
            BOOST_TEST(!replies.find("somebody", "key", test::test_now).has_value());
        }
        store::in_write_transaction(opened.database(), [&](store::Session& session) {
            BOOST_TEST(store::ApiReplies(session).add(other, later));
        });
    });
}

BOOST_AUTO_TEST_CASE(a_request_sent_several_times_at_once_happens_once) {
    test::on_each_store([](TestStore& opened) {
        const HeldClock clock;
        http::Metrics metrics;
        http::Api api{opened.database(), clock, metrics, "test", {}, {}};
        http::Request request;
        request.method = "POST";
        request.target.append("/x");  // assigned, GCC 12 takes it for uninitialised
        request.headers = {{"Idempotency-Key", "k"}};
        std::atomic<int> replayed = 0;
        std::atomic<int> good = 0;
        {
            std::vector<std::jthread> callers;
            for (int i = 0; i < 4; ++i) {
                callers.emplace_back([&, i] {
                    http::Call call{request, {}};
                    call.key_id = "caller";
                    const Result<http::Reply> reply = http::write_once(
                        api, call, [&](store::Session& session, Instant) -> Result<http::Reply> {
                            put_listing(session, std::to_string(i));
                            return http::Reply{};
                        });
                    if (!reply) return;
                    ++good;
                    replayed += reply->headers.empty() ? 0 : 1;
                });
            }
        }
        BOOST_TEST(good == 4);
        BOOST_TEST(replayed == 3);
        const auto session = opened.database().lease();
        BOOST_TEST(store::Listings(*session).count("market") == 1);
    });
}

BOOST_AUTO_TEST_CASE(an_error_undoes_what_the_write_did) {
    test::on_each_store([](TestStore& opened) {
        const HeldClock clock;
        http::Metrics metrics;
        http::Api api{opened.database(), clock, metrics, "test", {}, {}};
        const http::Request request;
        const http::Call call{request, {}};
        const auto reply = http::write_once(
            api, call, [&](store::Session& session, Instant) -> Result<http::Reply> {
                put_listing(session, "1");
                return recall::Error{recall::ErrorCode::conflict, "no"};
            });
        BOOST_TEST(!reply.ok());
        const auto session = opened.database().lease();
        BOOST_TEST(store::Listings(*session).count("market") == 0);
        BOOST_TEST(store::totals(*session).listings == 0);
    });
}

BOOST_AUTO_TEST_SUITE_END()
