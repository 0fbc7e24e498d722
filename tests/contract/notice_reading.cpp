// Notices as people read them on a terminal, and their translation by command.

#include "gateway/crypto/digest.h"
#include "gateway/json/notice_json.h"
#include "gateway/ops/command.h"
#include "gateway/store/database.h"
#include "gateway/store/migrations.h"
#include "gateway/store/notices.h"
#include "tests/support/printed.h"
#include "tests/support/quiet.h"
#include "tests/support/stores.h"
#include "tests/support/temp_folder.h"
#include "tests/support/translation_site.h"

#include <boost/test/unit_test.hpp>

namespace model = recall::model;
namespace ops = recall::ops;
namespace store = recall::store;
namespace test = recall::test;

namespace {

struct Terminal {
    Terminal() {
        const auto database =
            store::Database::open({.url = "sqlite:" + folder.file("recallgw.db")});
        store::migrate(*database, test::test_now);
        model::Notice notice;
        notice.id = "xx-test:1";
        notice.source = "xx-test";
        notice.kind = "recall";
        notice.title = {{"ja", "電気ケトル\nのリコール", ""}};
        notice.hazards = {{"burns", {}}};
        const std::string json = recall::json::write_notice(notice);
        store::in_write_transaction(*database, [&](store::Session& session) {
            store::Notices(session).upsert(
                {.notice = notice, .json = json, .content_hash = json, .raw_sha256 = ""},
                [](std::string_view stored) { return recall::json::read_notice(stored); },
                test::test_now);
        });
    }
    int run(std::vector<std::string> arguments, const std::vector<std::string>& sets = {}) {
        arguments.insert(arguments.end(), {"--set", "data.folder=" + folder.path().string()});
        for (const std::string& set : sets)
            arguments.insert(arguments.end(), {"--set", set});
        const test::Quiet quiet;
        const test::Printed caught;
        const int code = ops::run_program(arguments);
        out = caught.out.str();
        err = caught.err.str();
        return code;
    }
    bool holds(const std::string& text) const { return out.find(text) != std::string::npos; }

    test::TempFolder folder;
    std::string out;
    std::string err;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(notice_reading)

BOOST_AUTO_TEST_CASE(a_list_for_people_has_one_line_a_notice) {
    Terminal terminal;
    BOOST_TEST(terminal.run({"notice", "list", "--lang", "zh"}) == ops::exit_done);
    BOOST_TEST(terminal.out == "xx-test:1\t\t烫伤 · 召回\t電気ケトル のリコール\n");
    BOOST_TEST(terminal.run({"notice", "list", "--lang", "en"}) == ops::exit_done);
    BOOST_TEST(terminal.holds("\tBurns · Recall\t"));
    BOOST_TEST(terminal.run({"notice", "list"}) == ops::exit_done);
    BOOST_TEST(terminal.out.starts_with(R"({"schema":"1.0")"));
    BOOST_TEST(terminal.run({"notice", "list", "--lang", "fr"}) == ops::exit_usage);
}

BOOST_AUTO_TEST_CASE(translations_made_by_command_are_shown_with_their_mark) {
    Terminal terminal;
    test::TranslationSite site;
    const std::vector<std::string> sets = {"translation.url=" + site.url(),
                                           "translation.private_addresses=yes"};
    BOOST_TEST(terminal.run({"notice", "translate", "xx-test:1"}, sets) == ops::exit_done);
    BOOST_TEST(terminal.out == "xx-test:1\ttranslated 1\tgiven up 0\n");
    BOOST_TEST(terminal.run({"notice", "show", "xx-test:1", "--lang", "zh"}) == ops::exit_done);
    BOOST_TEST(terminal.out.starts_with("烫伤 · 召回\nxx-test:1\n"));
    BOOST_TEST(terminal.holds("title [ja] 電気ケトル のリコール\n"));
    BOOST_TEST(terminal.holds("title [zh-CN] (机器翻译) 译文31\n"));
    BOOST_TEST(terminal.run({"notice", "export", "xx-test:1", "--format", "html", "--lang",
                             "zh"}) == ops::exit_done);
    BOOST_TEST(terminal.holds("<small>(机器翻译)</small>"));
    // What is a format for others holds nothing of it.
    for (const char* format : {"json", "xml", "cap"}) {
        BOOST_TEST(terminal.run({"notice", "export", "xx-test:1", "--format", format}) ==
                   ops::exit_done);
        BOOST_TEST(!terminal.holds("译文"), format);
    }
}

BOOST_AUTO_TEST_CASE(translation_that_is_off_or_set_wrongly_says_so) {
    Terminal terminal;
    const std::string key = terminal.folder.file("none");
    const std::vector<std::vector<std::string>> wrong = {
        {},
        {"translation.url=http://127.0.0.1:1/"},
        {"translation.url=nonsense"},
        {"translation.url=https://a.example/", "translation.targets="},
        {"translation.url=https://a.example/", "translation.targets=zh,en"},
        {"translation.url=https://a.example/", "translation.key_file=" + key}};
    for (const auto& sets : wrong) {
        BOOST_TEST(terminal.run({"notice", "translate", "xx-test:1"}, sets) == ops::exit_usage,
                   (sets.empty() ? "off" : sets.back()));
        if (!sets.empty()) BOOST_TEST(terminal.run({"doctor"}, sets) == ops::exit_not_so);
    }
    test::TranslationSite site;
    const std::vector<std::string> right = {"translation.url=" + site.url(),
                                            "translation.private_addresses=yes"};
    BOOST_TEST(terminal.run({"notice", "translate", "xx-test:2"}, right) == ops::exit_not_so);
    site.put_all(test::TranslationSite::reply("500 Oops", ""));
    BOOST_TEST(terminal.run({"notice", "translate", "xx-test:1"}, right) == ops::exit_failed);
}

BOOST_AUTO_TEST_SUITE_END()
