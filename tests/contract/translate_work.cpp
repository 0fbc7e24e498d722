// Translating texts of notices by a service on loopback, on every store.

#include "gateway/translate/work.h"

#include "gateway/crypto/digest.h"
#include "gateway/json/notice_json.h"
#include "gateway/store/notices.h"
#include "gateway/xml/notice_xml.h"
#include "tests/support/exchange.h"
#include "tests/support/stores.h"
#include "tests/support/translation_site.h"

using recall::ErrorCode;
using recall::store::TranslationState;
using recall::test::TestStore;
using recall::test::TranslationSite;
using recall::translate::TranslateCounts;
using recall::translate::TranslateWork;
namespace model = recall::model;
namespace net = recall::net;
namespace store = recall::store;
namespace test = recall::test;
namespace translate = recall::translate;

namespace {

constexpr const char* title = "電気ケトルのリコール";
constexpr const char* summary = "取っ手が外れて、やけどをするおそれがあります。";

model::Notice japanese_notice(const std::string& id) {
    model::Notice notice;
    notice.id = id;
    notice.source = "xx-test";
    notice.kind = "recall";
    notice.language = "ja";
    notice.title = {{"ja", title, ""}};
    notice.summary = {{"ja", summary, ""}};
    return notice;
}

enum class Reach { inside, outside };

struct Desk {
    explicit Desk(TestStore& opened, Reach reach = Reach::inside, long long a_day = 100'000)
        : database(opened.database()),
          fetcher({.spool_folder = folder.path().string(),
                   .may_reach_private_hosts = reach == Reach::inside},
                  clock),
          work(make("node", a_day)) {}

    std::unique_ptr<TranslateWork> make(const std::string& owner, long long a_day = 100'000) {
        translate::ServiceOptions service;
        service.url = site.url();
        service.key = "sesame";
        service.timeout = std::chrono::milliseconds(200);
        translate::TranslateOptions options;
        options.targets = {{"zh-CN", "zh"}};
        options.characters_a_day_max = a_day;
        return std::make_unique<TranslateWork>(database, fetcher, service, clock, owner, options);
    }

    void put(const model::Notice& notice) {
        const std::string json = recall::json::write_notice(notice);
        store::in_write_transaction(database, [&](store::Session& session) {
            store::Notices(session).upsert(
                {.notice = notice, .json = json, .content_hash = json, .raw_sha256 = ""},
                [](std::string_view text) { return recall::json::read_notice(text); }, clock.now());
        });
    }
    // With a first round, from which on notices are followed.
    TranslateCounts put_and_run(const model::Notice& notice) {
        work->run_once();
        put(notice);
        return work->run_once();
    }
    model::Notice shown(const model::Notice& notice) {
        const auto session = database.lease();
        return translate::with_readings(*session, notice);
    }
    store::StoredTranslation kept(const std::string& text, const std::string& from = "ja") {
        const auto session = database.lease();
        const auto found =
            store::Translations(*session).get({recall::crypto::sha256_hex(text), from, "zh-CN"});
        return found.value_or(store::StoredTranslation{.problem = "there is none"});
    }
    void pass(std::chrono::milliseconds time) { clock.turn(time); }

    store::Database& database;
    test::TempFolder folder;
    test::TurnedClock clock;
    TranslationSite site;
    net::Fetcher fetcher;
    std::unique_ptr<TranslateWork> work;
};

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(translate_work)

BOOST_AUTO_TEST_CASE(texts_of_new_notices_are_translated_and_stand_beside_them) {
    test::on_each_store([](TestStore& opened) {
        Desk desk(opened);
        desk.put(japanese_notice("xx-test:0"));  // before translation was switched on
        BOOST_TEST((desk.work->run_once() == TranslateCounts{}));
        const model::Notice notice = japanese_notice("xx-test:1");
        desk.put(notice);
        BOOST_TEST((desk.work->run_once() == TranslateCounts{.made = 2}));
        const auto bodies = desk.site.bodies();
        BOOST_REQUIRE_EQUAL(bodies.size(), 2U);
        BOOST_TEST(holds(bodies[0] + bodies[1], title));
        for (const char* part : {R"("source":"ja")", R"("target":"zh")", R"("format":"text")",
                                 R"("api_key":"sesame")"})
            BOOST_TEST(holds(bodies[0], part));

        const model::Notice shown = desk.shown(notice);
        BOOST_REQUIRE_EQUAL(shown.title.size(), 2U);
        BOOST_TEST((shown.title[0] == notice.title[0]), "the original is kept");
        BOOST_TEST(shown.title[1].lang == "zh-CN");
        BOOST_TEST(shown.title[1].text == "译文30");
        BOOST_TEST(shown.title[1].made_by == "machine");

        const auto session = desk.database.lease();
        const auto stored = store::Notices(*session).get("xx-test:1");
        BOOST_REQUIRE(stored.has_value());
        BOOST_TEST(stored->json == recall::json::write_notice(notice));
        BOOST_TEST(stored->revision == 1);
        const auto readings = translate::readings(*session, notice);
        BOOST_REQUIRE_EQUAL(readings.size(), 2U);
        BOOST_TEST(readings[0].place == "title[0]");
        BOOST_TEST(readings[0].from == "ja");
        BOOST_TEST(readings[1].place == "summary[0]");
    });
}

// A machine's text that a partner sends keeps its mark in both forms.
BOOST_AUTO_TEST_CASE(the_mark_of_a_machine_survives_both_forms) {
    model::Notice notice = japanese_notice("xx-test:1");
    notice.title.push_back({"zh-CN", "电热水壶召回", "machine"});
    const auto from_json = recall::json::read_notice(recall::json::write_notice(notice));
    const auto from_xml = recall::xml::read_notice(recall::xml::write_notice(notice));
    BOOST_REQUIRE(from_json.ok());
    BOOST_REQUIRE(from_xml.ok());
    BOOST_TEST((*from_json == notice));
    BOOST_TEST((*from_xml == notice));
}

BOOST_AUTO_TEST_CASE(only_texts_that_changed_are_sent_again) {
    test::on_each_store([](TestStore& opened) {
        Desk desk(opened);
        model::Notice notice = japanese_notice("xx-test:1");
        BOOST_TEST(desk.put_and_run(notice).made == 2);
        notice.summary[0].text = "取っ手が外れるおそれがあります。";
        desk.put(notice);
        BOOST_TEST((desk.work->run_once() == TranslateCounts{.made = 1}));
        desk.put(japanese_notice("xx-test:2"));  // of another notice, the same texts
        BOOST_TEST((desk.work->run_once() == TranslateCounts{}));
        BOOST_TEST(desk.site.bodies().size() == 3U);
    });
}

BOOST_AUTO_TEST_CASE(what_needs_no_translation_is_not_sent) {
    test::on_each_store([](TestStore& opened) {
        Desk desk(opened);
        model::Notice notice = japanese_notice("xx-test:1");
        notice.title.push_back({"zh", "电热水壶召回", ""});  // the source says it in Chinese
        notice.summary = {{"ja", "2026-01-02 / 123-456", ""},
                          {"ja", std::string(3 * translate::text_characters_max + 3, 'x'), ""}};
        BOOST_TEST((desk.put_and_run(notice) == TranslateCounts{}));
        BOOST_TEST(desk.site.bodies().empty());
        BOOST_TEST((desk.shown(notice) == notice));
    });
}

BOOST_AUTO_TEST_CASE(what_is_not_public_is_never_sent) {
    test::on_each_store([](TestStore& opened) {
        Desk desk(opened);
        desk.work->run_once();
        for (const char* sensitivity : {"green", "amber", "red"}) {
            model::Notice notice = japanese_notice(std::string("xx-test:") + sensitivity);
            notice.sensitivity = sensitivity;
            desk.put(notice);
            BOOST_TEST((desk.work->run_once() == TranslateCounts{}));
            const auto asked_for = desk.work->translate_notice(notice.id);
            BOOST_REQUIRE(asked_for.ok());
            BOOST_TEST((*asked_for == TranslateCounts{}));
        }
        BOOST_TEST(desk.site.bodies().empty());
    });
}

BOOST_AUTO_TEST_CASE(an_answer_that_cannot_be_the_translation_is_not_kept) {
    struct Case {
        const char* what;
        std::string reply;
        const char* problem;
        TranslationState state;
    };
    const std::string english =
        "The handle can come off and the user may be scalded by hot water, so stop using it.";
    const Case cases[] = {
        {"fails", TranslationSite::reply("500 Oops", "{}"), "refused", TranslationState::wanted},
        {"refuses", TranslationSite::reply("400 Bad", R"({"error":"no"})"), "refused",
         TranslationState::wanted},
        {"too many", TranslationSite::reply("429 Slow down", ""), "rate-limited",
         TranslationState::wanted},
        {"slow", "", "timed-out", TranslationState::wanted},
        {"cut", "HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{\"trans", "truncated",
         TranslationState::wanted},
        {"a page", TranslationSite::reply("200 OK", "<html>log in</html>"), "bad-json",
         TranslationState::wanted},
        {"other JSON", TranslationSite::reply("200 OK", R"({"text":"好"})"), "wrong-document",
         TranslationState::failed},
        {"a number", TranslationSite::reply("200 OK", R"({"translatedText":5})"), "wrong-document",
         TranslationState::failed},
        {"an object", TranslationSite::reply("200 OK", R"({"translatedText":{"a":"b"}})"),
         "wrong-document", TranslationState::failed},
        {"nothing", TranslationSite::translated("  "), "wrong-document", TranslationState::failed},
        {"a flood", TranslationSite::translated(std::string(5000, 'x')), "too-large",
         TranslationState::failed},
        {"beyond the limit", TranslationSite::translated(std::string(2U << 20U, 'x')), "too-large",
         TranslationState::failed},
        {"untranslated", TranslationSite::translated(summary), "wrong-language",
         TranslationState::failed},
        {"another script",
         TranslationSite::translated("손잡이가 빠져 화상을 입을 우려가 있습니다."),
         "wrong-language", TranslationState::failed},
        {"controls", TranslationSite::reply("200 OK", R"({"translatedText":"好\u0001"})"),
         "bad-encoding", TranslationState::failed}};
    test::on_each_store([&](TestStore& opened) {
        Desk desk(opened);
        desk.work->run_once();
        int number = 0;
        for (const Case& one : cases) {
            BOOST_TEST_CONTEXT(one.what) {
                model::Notice notice = japanese_notice("xx-test:" + std::to_string(++number));
                notice.title.clear();
                notice.summary[0].text += std::string(std::size_t(number), '.');
                desk.site.put_all(one.reply);
                if (one.reply.empty()) desk.site.put(notice.summary[0].text, "");
                desk.put(notice);
                const TranslateCounts counts = desk.work->run_once();
                const bool is_wanted = one.state == TranslationState::wanted;
                BOOST_TEST(counts.made == 0);
                BOOST_TEST(counts.put_off == (is_wanted ? 1 : 0));
                BOOST_TEST(counts.failed == (is_wanted ? 0 : 1));
                const auto kept = desk.kept(notice.summary[0].text);
                BOOST_TEST(kept.problem == one.problem);
                BOOST_TEST(spelling(kept.state) == spelling(one.state));
                BOOST_TEST((desk.shown(notice) == notice));
            }
        }
        // In the language of the original, in letters that fit any language.
        desk.site.put_all("");
        model::Notice notice = japanese_notice("xx-test:english");
        notice.language = "en";
        notice.title = {{"en", english, ""}};
        notice.summary.clear();
        desk.site.put(english, TranslationSite::translated(english));
        desk.put(notice);
        BOOST_TEST(desk.work->run_once().failed == 1);
        BOOST_TEST(desk.kept(english, "en").problem == "wrong-language");
    });
}

BOOST_AUTO_TEST_CASE(a_service_that_is_down_is_asked_again_later_and_each_time_later) {
    test::on_each_store([](TestStore& opened) {
        Desk desk(opened);
        desk.site.put_all(TranslationSite::reply("503 Away", ""));
        BOOST_TEST(
            (desk.put_and_run(japanese_notice("xx-test:1")) == TranslateCounts{.put_off = 1}));
        BOOST_TEST(desk.site.bodies().size() == 1U);     // the round ends at the first failure
        BOOST_TEST(desk.work->run_once().put_off == 1);  // the other text
        BOOST_TEST((desk.work->run_once() == TranslateCounts{}));
        desk.site.put_all("");
        BOOST_TEST((desk.work->run_once() == TranslateCounts{}));  // not due
        desk.pass(translate::first_wait);
        BOOST_TEST((desk.work->run_once() == TranslateCounts{.made = 2}));
    });
}

BOOST_AUTO_TEST_CASE(a_text_is_given_up_in_the_end_and_tried_anew_when_asked_for) {
    test::on_each_store([](TestStore& opened) {
        Desk desk(opened);
        model::Notice notice = japanese_notice("xx-test:1");
        notice.summary.clear();
        desk.site.put_all(TranslationSite::reply("400 Bad", ""));
        TranslateCounts all = desk.put_and_run(notice);
        for (int i = 0; i < translate::attempts_max + 3; ++i) {
            desk.pass(std::chrono::hours(24));
            const TranslateCounts counts = desk.work->run_once();
            all.put_off += counts.put_off;
            all.failed += counts.failed;
        }
        BOOST_TEST((all == TranslateCounts{.put_off = translate::attempts_max - 1, .failed = 1}));
        BOOST_TEST(desk.site.bodies().size() == std::size_t(translate::attempts_max));
        BOOST_TEST(desk.kept(title).original.empty());
        desk.site.put_all("");
        const auto anew = desk.work->translate_notice("xx-test:1");
        BOOST_REQUIRE(anew.ok());
        BOOST_TEST((*anew == TranslateCounts{.made = 1}));
        const auto again = desk.work->translate_notice("xx-test:1");
        BOOST_REQUIRE(again.ok());
        BOOST_TEST((*again == TranslateCounts{}));
        BOOST_TEST(
            (desk.work->translate_notice("xx-test:none").error().code == ErrorCode::not_found));
    });
}

BOOST_AUTO_TEST_CASE(the_days_limit_holds_across_restarts) {
    test::on_each_store([](TestStore& opened) {
        Desk desk(opened, Reach::inside, 25);  // room for one of the two texts
        BOOST_TEST((desk.put_and_run(japanese_notice("xx-test:1")) == TranslateCounts{.made = 1}));
        desk.work = desk.make("node", 25);
        BOOST_TEST((desk.work->run_once() == TranslateCounts{}));
        const auto refused = desk.work->translate_notice("xx-test:1");
        BOOST_REQUIRE(!refused.ok());
        BOOST_TEST((refused.error().code == ErrorCode::rate_limited));
        desk.pass(std::chrono::hours(24));
        BOOST_TEST((desk.work->run_once() == TranslateCounts{.made = 1}));
    });
}

BOOST_AUTO_TEST_CASE(a_text_of_more_than_a_days_limit_holds_nobody_up) {
    test::on_each_store([](TestStore& opened) {
        Desk desk(opened, Reach::inside, 12);  // the title alone fits
        BOOST_TEST((desk.put_and_run(japanese_notice("xx-test:1")) ==
                    TranslateCounts{.made = 1, .failed = 1}));
        BOOST_TEST(desk.kept(summary).problem == "too-large");
        BOOST_TEST(desk.site.bodies().size() == 1U);
    });
}

BOOST_AUTO_TEST_CASE(of_several_gateways_one_translates) {
    test::on_each_store([](TestStore& opened) {
        Desk desk(opened);
        desk.work->run_once();
        const auto other = desk.make("other");
        desk.put(japanese_notice("xx-test:1"));
        BOOST_TEST((other->run_once() == TranslateCounts{}));
        BOOST_TEST((desk.work->run_once() == TranslateCounts{.made = 2}));
        desk.pass(std::chrono::hours(1));
        desk.put([] {
            model::Notice notice = japanese_notice("xx-test:2");
            notice.title[0].text = "別の製品";
            return notice;
        }());
        BOOST_TEST((other->run_once() == TranslateCounts{.made = 1}));
    });
}

BOOST_AUTO_TEST_CASE(a_service_inside_is_not_asked_unless_allowed) {
    test::on_each_store([](TestStore& opened) {
        Desk desk(opened, Reach::outside);
        BOOST_TEST(
            (desk.put_and_run(japanese_notice("xx-test:1")) == TranslateCounts{.put_off = 1}));
        BOOST_TEST(desk.kept(title).problem + desk.kept(summary).problem == "forbidden");
        BOOST_TEST(desk.site.bodies().empty());
    });
}

BOOST_AUTO_TEST_CASE(a_worker_stops_while_the_service_holds_it) {
    test::on_each_store([](TestStore& opened) {
        Desk desk(opened);
        desk.work->run_once();
        desk.site.put(title, "");
        desk.site.put(summary, "");
        desk.put(japanese_notice("xx-test:1"));
        desk.work->start();
        desk.work->stop();
        BOOST_TEST(desk.kept(title).text.empty());
    });
}

BOOST_AUTO_TEST_CASE(languages_are_read_with_the_services_own_words) {
    const auto targets = translate::read_targets(" zh-CN=zh-Hans  en ");
    BOOST_REQUIRE(targets.ok());
    BOOST_REQUIRE_EQUAL(targets->size(), 2U);
    BOOST_TEST((*targets)[0].tag == "zh-CN");
    BOOST_TEST((*targets)[0].code == "zh-Hans");
    BOOST_TEST((*targets)[1].code == "en");
    for (const char* wrong : {"z", "zh=", "=zh", "zh,en", "zh-CN=a b=", "\"en\""})
        BOOST_TEST(!translate::read_targets(wrong).ok(), wrong);
}

BOOST_AUTO_TEST_SUITE_END()
