// match and check as an operator runs them: a file of notices against a file of listings, and one
// question against the stored notices.

#include <algorithm>
#include <fstream>
#include <iterator>

#include "gateway/crypto/digest.h"
#include "gateway/json/notice_json.h"
#include "gateway/ops/command.h"
#include "gateway/store/database.h"
#include "gateway/store/migrations.h"
#include "gateway/store/notices.h"
#include "gateway/store/raw_archive.h"
#include "tests/support/printed.h"
#include "tests/support/quiet.h"
#include "tests/support/stores.h"
#include "tests/support/temp_folder.h"

#include <boost/test/unit_test.hpp>

namespace ops = recall::ops;
namespace store = recall::store;
namespace test = recall::test;

namespace {

constexpr std::string_view dryer =
    R"({"schema":"1.0","id":"eu-safety-gate:1","source":"eu-safety-gate","language":"en",)"
    R"("title":[{"lang":"en","text":"Hair dryer Velmoro"}],"products":[{"type":[{"lang":"en",)"
    R"("text":"Hair dryer"}],"brands":["Velmoro"],"models":["VX-2200"],)"
    R"("gtins":["04006381333931"]}]})";

constexpr std::string_view same =
    R"({"id":"a","title":"Velmoro吹风机 VX2200 黑色","lang":"zh-CN","brand":"Velmoro"})";
constexpr std::string_view other = R"({"id":"b","title":"Wooden crib","lang":"en"})";

struct Desk {
    std::string write(const std::string& name, const std::string& bytes) const {
        std::ofstream(folder.file(name), std::ios::binary) << bytes;
        return folder.file(name);
    }
    int run(const std::vector<std::string>& arguments) {
        const test::Quiet quiet;
        const test::Printed caught;
        const int code = ops::run_program(arguments);
        out = caught.out.str();
        err = caught.err.str();
        return code;
    }
    int match(const std::string& notices, const std::string& listings,
              std::vector<std::string> more = {}) {
        std::vector<std::string> arguments = {"match", "--notices", write("n", notices),
                                              "--listings", write("l", listings)};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }
    void store_dryer() const {
        const auto database =
            store::Database::open({.url = "sqlite:" + folder.file("recallgw.db")});
        store::migrate(*database, test::test_now);
        const auto notice = recall::json::read_notice(dryer);
        const std::string hash = recall::crypto::sha256_hex(dryer);
        store::in_write_transaction(*database, [&](store::Session& session) {
            store::RawArchive(session).put({.sha256 = hash,
                                            .media_type = "application/xml",
                                            .url = "https://a.example/1",
                                            .fetched_at = test::test_now},
                                           dryer);
            store::Notices(session).upsert(
                {.notice = *notice, .json = dryer, .content_hash = hash, .raw_sha256 = hash},
                [](std::string_view stored) { return recall::json::read_notice(stored); },
                test::test_now);
        });
    }
    int check(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "check");
        arguments.insert(arguments.end(), {"--set", "data.folder=" + folder.path().string(),
                                           "--set", "log.level=error"});
        return run(arguments);
    }

    test::TempFolder folder;
    std::string out;
    std::string err;
};

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::string lines(std::string_view a, std::string_view b) {
    return std::string(a) + "\n" + std::string(b) + "\n";
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(match_commands, Desk)

BOOST_AUTO_TEST_CASE(listings_are_matched_one_match_a_line) {
    BOOST_TEST(match(lines(dryer, ""), lines(same, other)) == ops::exit_done);
    BOOST_TEST(out.starts_with(R"({"listing":"a","notice":"eu-safety-gate:1","product":0,)"), out);
    BOOST_TEST(holds(out, R"("decision":"match")"), out);
    BOOST_TEST(holds(out, R"({"kind":"prior","for":false,)"));
    BOOST_TEST(!holds(out, R"("listing":"b")"));
    BOOST_TEST(holds(err, "1 notices, 2 listings, 1 match"), err);
}

BOOST_AUTO_TEST_CASE(the_order_is_that_of_the_listings_whatever_the_threads) {
    std::string many;
    for (int i = 0; i < 5'000; ++i)
        many += R"({"id":")" + std::to_string(i) +
                R"(","title":"Velmoro VX-2200 hair dryer"})"
                "\n";
    BOOST_TEST(match(lines(dryer, ""), many, {"--threads", "1"}) == ops::exit_done);
    const std::string alone = out;
    BOOST_TEST(match(lines(dryer, ""), many, {"--threads", "4"}) == ops::exit_done);
    BOOST_TEST((out == alone));
    BOOST_TEST(std::ranges::count(out, '\n') == 5'000);
}

BOOST_AUTO_TEST_CASE(refused_lines_are_told_with_file_line_and_reason) {
    BOOST_TEST(match(lines("{\"id\":1}", dryer), lines("not json", same)) == ops::exit_quarantined);
    BOOST_TEST(holds(err, "/n:1: "), err);
    BOOST_TEST(holds(err, "/l:1: bad-json"), err);
    BOOST_TEST(holds(err, "2 lines refused"), err);
    BOOST_TEST(holds(out, R"("listing":"a")"), "the good lines are matched");
    const std::string long_line = R"({"id":"x","title":")" + std::string(2U << 20U, 'x') + R"("})";
    BOOST_TEST(match(lines(dryer, ""), lines(long_line, same)) == ops::exit_quarantined);
    BOOST_TEST(holds(err, "/l:1: limit"), err);
    BOOST_TEST(holds(out, R"("listing":"a")"));
}

BOOST_AUTO_TEST_CASE(withdrawn_notices_match_nothing) {
    std::string withdrawn(dryer);
    withdrawn.insert(withdrawn.find("\"language\""), R"("status":"withdrawn",)");
    BOOST_TEST(match(lines(withdrawn, ""), lines(same, "")) == ops::exit_done);
    BOOST_TEST(out == "");
}

BOOST_AUTO_TEST_CASE(a_lower_score_tells_more) {
    match(lines(dryer, ""), lines(same, R"({"id":"c","title":"hair dryer"})"),
          {"--min-score", "0"});
    BOOST_TEST(holds(out, R"("decision":"no_match")"), out);
    match(lines(dryer, ""), lines(same, other), {"--min-score", "1"});
    BOOST_TEST(out == "");
}

BOOST_AUTO_TEST_CASE(wrong_usage_is_refused) {
    BOOST_TEST(run({"match"}) == ops::exit_usage);
    BOOST_TEST(match("", "", {"--min-score", "2"}) == ops::exit_usage);
    BOOST_TEST(match("", "", {"--threads", "0"}) == ops::exit_usage);
    BOOST_TEST(match("", "", {"--most", "many"}) == ops::exit_usage);
    BOOST_TEST(match("", "", {"--model", "file"}) == ops::exit_usage);
    BOOST_TEST(run({"match", "--notices", "/nowhere", "--listings", "/nowhere"}) ==
               ops::exit_usage);
    BOOST_TEST(match("", "") == ops::exit_done);
}

BOOST_AUTO_TEST_CASE(one_question_is_answered_from_the_stored_notices) {
    store_dryer();
    BOOST_TEST(check({"--title", "吹风机 黑色", "--brand", "Velmoro", "--model-number",
                      "VX2200"}) == ops::exit_done);
    BOOST_TEST(out.starts_with("match  "), out);
    BOOST_TEST(holds(out, "eu-safety-gate:1"));
    BOOST_TEST(holds(out, "model             notice: VX-2200"), out);
    BOOST_TEST(check({"--title", "x", "--gtin", "4006381333931", "--format", "json"}) ==
               ops::exit_done);
    BOOST_TEST(out.starts_with(R"({"listing":"check","notice":"eu-safety-gate:1")"), out);
    BOOST_TEST(check({"--title", "wooden crib"}) == ops::exit_not_so);
    BOOST_TEST(holds(err, "1 active notices"), err);
    BOOST_TEST(check({"--brand", "Velmoro"}) == ops::exit_usage);
    BOOST_TEST(check({"--title", "x", "--format", "yaml"}) == ops::exit_usage);
    BOOST_TEST(check({"--title", "x", "--attribute", "lot"}) == ops::exit_usage);
    BOOST_TEST(check({"--title", "x", "--image", "a.png"}) == ops::exit_usage);
}

BOOST_AUTO_TEST_CASE(a_wrong_gtin_is_told_and_not_left_out_in_silence) {
    store_dryer();
    BOOST_TEST(check({"--title", "x", "--gtin", "123"}) == ops::exit_usage);
    BOOST_TEST(holds(err, "--gtin 123: a GTIN has 8, 12, 13 or 14 digits, this 3"), err);
    BOOST_TEST(check({"--title", "x", "--gtin", "4006381333932"}) == ops::exit_usage);
    BOOST_TEST(holds(err, "after 400638133393 comes 1, not 2"), err);
    BOOST_TEST(check({"--title", "x", "--gtin", "EAN"}) == ops::exit_usage);
}

BOOST_AUTO_TEST_SUITE_END()
