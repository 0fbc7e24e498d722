#include "gateway/exchange/breaker.h"

#include <boost/test/unit_test.hpp>

using namespace std::chrono_literals;
using recall::Error;
using recall::ErrorCode;
using recall::Instant;
namespace exchange = recall::exchange;
namespace store = recall::store;

namespace {
constexpr Instant now{std::chrono::milliseconds(1780000000000)};
const exchange::RetryPolicy policy{{1s, 16s}, 5, 3};
const Error down{ErrorCode::unreachable, "down"};
}  // namespace

BOOST_AUTO_TEST_SUITE(breaker)

BOOST_AUTO_TEST_CASE(waits_double_with_every_attempt_up_to_the_most) {
    const struct {
        long long attempts_before;
        std::chrono::milliseconds least, most;
    } rows[] = {{0, 500ms, 1s}, {1, 1s, 2s}, {2, 2s, 4s}, {3, 4s, 8s}};
    for (const auto& row : rows) {
        for (const double share : {0.0, 0.5, 0.999}) {
            const auto outcome =
                exchange::after_attempt(row.attempts_before, policy, down, share, now);
            BOOST_TEST_CONTEXT("attempt " << row.attempts_before + 1 << ", share " << share) {
                BOOST_CHECK(outcome.state == store::OutboxState::pending);
                BOOST_CHECK((outcome.next_attempt - now >= row.least));
                BOOST_CHECK((outcome.next_attempt - now <= row.most));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(the_last_attempt_makes_a_message_dead_and_keeps_the_reason) {
    const auto outcome = exchange::after_attempt(4, policy, down, 0.5, now);
    BOOST_CHECK(outcome.state == store::OutboxState::dead);
    BOOST_TEST(outcome.code == "unreachable");
    BOOST_TEST(outcome.reason == "down");
}

BOOST_AUTO_TEST_CASE(a_line_opens_at_the_third_failure_and_closes_at_the_first_success) {
    store::OutboxLine line;
    for (int failure = 1; failure <= 2; ++failure) {
        line = exchange::after_failure(line, policy, ErrorCode::timed_out, 0.5, now);
        BOOST_TEST(line.open_until.empty());
    }
    line = exchange::after_failure(line, policy, ErrorCode::timed_out, 0.5, now);
    BOOST_TEST(line.failures == 3);
    BOOST_TEST(line.last_code == "timed-out");
    BOOST_TEST((line.open_until > "2026"));
    line = exchange::after_success(now);
    BOOST_TEST(line.failures == 0);
    BOOST_TEST(line.open_until.empty());
}

BOOST_AUTO_TEST_SUITE_END()
