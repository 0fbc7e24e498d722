// The page for people.

#include "gateway/http/status_words.h"
#include "tests/unit/http/api_fixture.h"

using recall::test::ApiFixture;
using recall::test::header;
using recall::test::holds;
namespace http = recall::http;
namespace store = recall::store;

BOOST_FIXTURE_TEST_SUITE(status_page, ApiFixture)

BOOST_AUTO_TEST_CASE(it_lets_nothing_run) {
    const auto page = get("/");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.media_type == "text/html; charset=utf-8");
    BOOST_TEST(header(page, "Content-Security-Policy").starts_with("default-src 'none'"));
    BOOST_TEST(!holds(page, "<script"));
    BOOST_TEST(!holds(page, "https://"));
    BOOST_TEST(get("/status.css", "nobody").media_type == "text/css; charset=utf-8");
    BOOST_TEST(get("/?lagn=en").status == 400);
}

BOOST_AUTO_TEST_CASE(an_empty_gateway_says_what_to_do_next) {
    const auto page = get("/");
    BOOST_TEST(holds(page, "recallgw poll --all"));
    BOOST_TEST(holds(page, "recallgw import listings"));
    BOOST_TEST(holds(page, "never run"));
}

BOOST_AUTO_TEST_CASE(it_shows_counts_and_health_but_nothing_of_a_match) {
    add_match("secret-shop", "secret-listing");
    store::in_write_transaction(*database, [&](store::Session& session) {
        store::Runs runs(session);
        const auto run = runs.start("xx-test", clock.now());
        runs.finish(run, store::RunState::degraded, "<b>too few</b>", {.created = 7}, clock.now());
    });
    const auto page = get("/");
    BOOST_TEST(holds(page, "<dt>matches to confirm</dt><dd>1</dd>"));
    BOOST_TEST(holds(page, "degraded"));
    BOOST_TEST(holds(page, "&lt;b&gt;too few&lt;/b&gt;"));
    BOOST_TEST(!holds(page, "secret"));
    add_match("secret-shop", "another");
    BOOST_TEST(holds(get("/"), "<dd>1</dd>"), "the database is not asked each time");
    clock.pass(std::chrono::seconds(6));
    BOOST_TEST(holds(get("/"), "<dd>2</dd>"));
}

BOOST_AUTO_TEST_CASE(it_speaks_the_language_that_the_reader_prefers) {
    struct Case {
        const char* chosen;
        const char* accepted;
        const char* language;
    };
    const Case cases[] = {
        {"", "", "en"},
        {"", "zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"},
        {"", "en-US,en;q=0.9,zh;q=0.1", "en"},
        {"", "de, zh;q=0.5, en;q=0.7", "en"},
        {"", "fr", "en"},
        {"", "zh;q=x", "en"},
        {"", ",;q=,zh-Hant", "zh-CN"},
        {"", "zhx", "en"},
        {"zh", "en", "zh-CN"},
        {"en", "zh", "en"},
    };
    for (const Case& row : cases) {
        BOOST_TEST(http::status_words(row.chosen, row.accepted).language == row.language,
                   row.chosen << " " << row.accepted);
    }
    const auto page = get("/", "admin", {{"Accept-Language", "zh-CN"}});
    BOOST_TEST(holds(page, "<html lang=\"zh-CN\">"));
    BOOST_TEST(header(page, "Vary").starts_with("Accept-Language"));
}

BOOST_AUTO_TEST_CASE(every_language_has_every_word) {
    const auto& english = http::english_status_words();
    const auto& chinese = http::chinese_status_words();
    const auto* first = reinterpret_cast<const std::string_view*>(&english);
    const auto* second = reinterpret_cast<const std::string_view*>(&chinese);
    for (std::size_t i = 0; i < sizeof english / sizeof *first; ++i) {
        BOOST_TEST(!first[i].empty(), i);
        BOOST_TEST(!second[i].empty(), i);
    }
}

BOOST_AUTO_TEST_SUITE_END()
