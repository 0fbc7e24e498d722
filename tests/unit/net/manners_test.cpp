#include <boost/test/unit_test.hpp>

#include "gateway/net/retry.h"
#include "gateway/net/robots.h"

namespace recall {
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(manners)

BOOST_AUTO_TEST_CASE(robots_rules_hold_for_the_agent_they_name) {
    struct Row {
        const char* text;
        const char* path;
        bool allowed;
    };
    const Row rows[] = {
        {"", "/a", true},
        {"<html>not robots</html>", "/a", true},
        {"User-agent: *\nDisallow: /", "/a", false},
        {"User-agent: *\nDisallow:", "/a", true},
        {"User-agent: *\r\nDisallow: /a # private\r\n", "/a/b", false},
        {"User-agent: *\nDisallow: /\nAllow: /api/", "/api/x", true},
        {"User-agent: *\nAllow: /a\nDisallow: /a", "/a", true},
        {"User-agent: other\nDisallow: /", "/a", true},
        {"User-agent: RecallGW\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", true},
        {"User-agent: other\nUser-agent: recallgw\nDisallow: /a", "/a", false},
        {"User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", false},
        {"User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", true},
        {"User-agent: *\nDisallow: /a*b*c", "/a1b2d3c", false},
        {"Disallow: /", "/a", true},
    };
    for (const Row& row : rows) {
        BOOST_TEST_CONTEXT(row.text << " for " << row.path) {
            BOOST_TEST(net::Robots(row.text, "recallgw").allows(row.path) == row.allowed);
        }
    }
}

BOOST_AUTO_TEST_CASE(back_off_doubles_up_to_its_limit_and_jitter_takes_a_part) {
    const net::Backoff backoff{.first = 1s, .most = 5s};
    BOOST_TEST(net::backoff_wait(backoff, 1, 1.0).count() == 1000);
    BOOST_TEST(net::backoff_wait(backoff, 2, 1.0).count() == 2000);
    BOOST_TEST(net::backoff_wait(backoff, 3, 0.5).count() == 2000);
    BOOST_TEST(net::backoff_wait(backoff, 60, 1.0).count() == 5000);
    BOOST_TEST(net::backoff_wait(backoff, 4, 0.0).count() == 0);
}

BOOST_AUTO_TEST_CASE(retry_after_is_seconds_or_a_date_and_nothing_else) {
    const Instant now = *parse_instant("1994-11-06T08:49:07Z");
    BOOST_TEST(net::retry_after("120", now).value().count() == 120);
    BOOST_TEST(net::retry_after("0", now).value().count() == 0);
    BOOST_TEST(net::retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now).value().count() == 30);
    BOOST_TEST(net::retry_after("Sun, 06 Nov 1994 08:00:00 GMT", now).value().count() == 0);
    for (const char* wrong : {"", "-1", "+5", "soon", "1.5", "99999999999999999999",
                              "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 JST"}) {
        BOOST_TEST_CONTEXT(wrong) { BOOST_TEST(!net::retry_after(wrong, now).has_value()); }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
