// picture fetch, picture list and check --image as an operator runs them, against a site on
// loopback.

#include <fstream>

#include "gateway/json/notice_json.h"
#include "gateway/ops/command.h"
#include "gateway/store/migrations.h"
#include "gateway/store/notices.h"
#include "tests/support/exchange.h"
#include "tests/support/picture_site.h"
#include "tests/support/printed.h"
#include "tests/support/quiet.h"
#include "tests/support/stores.h"
#include "tests/unit/image/drawings.h"

namespace ops = recall::ops;
namespace store = recall::store;
namespace test = recall::test;

namespace {

struct Desk {
    Desk() {
        site.put("/lamp.png", test::http_reply("200 OK", test::png(lamp)));
        const auto database =
            store::Database::open({.url = "sqlite:" + folder.file("recallgw.db")});
        store::migrate(*database, test::test_now);
        recall::model::Notice notice = test::sample_notice("xx-test:1", "Glimmer lamp");
        notice.images = {{"http://pictures.example/lamp.png", "front"},
                         {"http://pictures.example/gone.png", ""}};
        const std::string json = recall::json::write_notice(notice);
        store::in_write_transaction(*database, [&](store::Session& session) {
            store::Notices(session).upsert(
                {.notice = notice, .json = json, .content_hash = json, .raw_sha256 = ""},
                [](std::string_view text) { return recall::json::read_notice(text); },
                test::test_now);
        });
    }
    std::string write(const std::string& name, const std::string& bytes) const {
        std::ofstream(folder.file(name), std::ios::binary) << bytes;
        return folder.file(name);
    }
    int run(std::vector<std::string> arguments) {
        for (const std::string& set :
             {"data.folder=" + folder.path().string(), "poll.stand_in=" + site.url("")}) {
            arguments.emplace_back("--set");
            arguments.push_back(set);
        }
        const test::Quiet quiet;
        const test::Printed caught;
        const int code = ops::run_program(arguments);
        out = caught.out.str();
        err = caught.err.str();
        return code;
    }
    bool printed(std::string_view text) const { return out.find(text) != std::string::npos; }

    test::Raster lamp = test::drawing(7, test::Ground::white, 320, 256);
    test::TempFolder folder;
    test::PictureSite site;
    std::string out;
    std::string err;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(picture_commands)

BOOST_FIXTURE_TEST_CASE(pictures_are_fetched_and_listed_with_how_they_stand, Desk) {
    BOOST_TEST(run({"picture", "list", "xx-test:1"}) == 0);
    BOOST_TEST(printed(R"("state":"unfetched")"), out);
    BOOST_TEST(run({"picture", "fetch", "xx-test:1"}) == 1);
    BOOST_TEST(err == "stored 1, failed 1, put off 0\n");
    BOOST_TEST(printed(R"("state":"stored")"), out);
    BOOST_TEST(printed(R"("reason":{"code":"not-found")"), out);
    const std::string fetched = out;
    BOOST_TEST(run({"picture", "list", "xx-test:1"}) == 0);
    BOOST_TEST(out == fetched);
    // What is stored stays; what failed is tried again.
    site.put("/gone.png", test::http_reply("200 OK", test::jpeg(lamp)));
    BOOST_TEST(run({"picture", "fetch", "xx-test:1"}) == 0);
    BOOST_TEST(site.requests("/lamp.png") == 1);
    BOOST_TEST(run({"picture", "fetch", "--pending"}) == 0);
    BOOST_TEST(err == "stored 0, failed 0, put off 0\n");
}

BOOST_FIXTURE_TEST_CASE(a_picture_file_is_checked_against_those_of_notices, Desk) {
    const std::string same = write("same.jpg", test::jpeg(test::scaled(lamp, 200, 160)));
    BOOST_TEST(run({"check", "--image", same}) == 1);
    run({"picture", "fetch", "xx-test:1"});
    BOOST_TEST(run({"check", "--image", same}) == 0);
    BOOST_TEST(out.starts_with("review  0.5449  xx-test:1\n"), out);
    BOOST_TEST(printed("+4.50   image"), out);
    const std::string other =
        write("other.webp", test::webp(test::drawing(8, test::Ground::white, 320, 256)));
    BOOST_TEST(run({"check", "--image", other}) == 1);
    BOOST_TEST(run({"check", "--image", other, "--image", same, "--format", "json"}) == 0);
    BOOST_TEST(printed(R"({"kind":"image","for":true)"), out);
    const std::string blank = write("blank.png", test::png(test::blank(50, 50)));
    BOOST_TEST(run({"check", "--image", blank}) == 1);
    BOOST_TEST(err.find("is blank") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(wrong_usage_is_told, Desk) {
    BOOST_TEST(run({"picture", "fetch"}) == 2);
    BOOST_TEST(run({"picture", "fetch", "xx-test:1", "--pending"}) == 2);
    BOOST_TEST(run({"picture", "list"}) == 2);
    BOOST_TEST(run({"picture", "list", "xx-test:9"}) == 1);
    BOOST_TEST(run({"picture", "fetch", "xx-test:9"}) == 1);
    BOOST_TEST(run({"check", "--image", folder.file("none.png")}) != 0);
    BOOST_TEST(run({"check", "--image", write("page.png", "<html>no</html>")}) == 2);
    BOOST_TEST(err.find("wrong-document") != std::string::npos, err);
    BOOST_TEST(run({"check"}) == 2);
}

BOOST_AUTO_TEST_SUITE_END()
