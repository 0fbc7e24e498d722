// Lines and translations beside notices, as the API gives them.

#include "gateway/json/notice_json.h"
#include "gateway/store/notices.h"
#include "gateway/store/translations.h"
#include "tests/unit/http/api_fixture.h"

namespace recall::test {

namespace {

struct Reading : ApiFixture {
    Reading() {
        notice.id = "xx-test:1";
        notice.source = "xx-test";
        notice.kind = "recall";
        notice.title = {{"ja", "ランプ", ""}};
        const std::string text = json::write_notice(notice);
        store::in_write_transaction(*database, [&](store::Session& session) {
            store::Notices(session).upsert(
                {.notice = notice, .json = text, .content_hash = text, .raw_sha256 = ""},
                [](std::string_view stored) { return json::read_notice(stored); }, clock.now());
            store::Translations translations(session);
            const store::TranslationKey key{crypto::sha256_hex("ランプ"), "ja", "zh-CN"};
            translations.want(key, "ランプ", 3, clock.now());
            translations.save(key, "灯", clock.now());
        });
        api.summary_lines = [](const model::Notice& told) {
            return told.kind.empty() ? model::Texts{}
                                     : model::Texts{{"en", "Recall", ""}, {"zh-CN", "召回", ""}};
        };
    }
    model::Notice notice;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(reading_of_notices, Reading)

BOOST_AUTO_TEST_CASE(a_list_has_the_lines_beside_the_notices) {
    const auto reply = get("/api/v1/notices");
    BOOST_TEST(reply.status == 200);
    BOOST_TEST(holds(reply, R"("lines":[{"id":"xx-test:1","en":"Recall","zh-CN":"召回"}])"));
    BOOST_TEST(!holds(reply, "machine"));
}

BOOST_AUTO_TEST_CASE(the_notice_itself_is_as_it_was_stored) {
    const auto reply = get("/api/v1/notices/xx-test:1");
    BOOST_TEST(!holds(reply, "lines"));
    BOOST_TEST(!holds(reply, "灯"));
}

BOOST_AUTO_TEST_CASE(a_reading_has_lines_and_what_a_machine_translated) {
    const auto reply = get("/api/v1/notices/xx-test:1/reading", "analyst");
    BOOST_TEST(reply.status == 200);
    BOOST_TEST(holds(reply, R"("lines":{"id":"xx-test:1","en":"Recall","zh-CN":"召回"})"));
    BOOST_TEST(holds(reply, R"("translations":[{"place":"title[0]","from":"ja","lang":"zh-CN",)"
                            R"("text":"灯","made_by":"machine")"));
    BOOST_TEST(get("/api/v1/notices/xx-test:2/reading").status == 404);
}

BOOST_AUTO_TEST_CASE(without_code_tables_there_are_no_lines) {
    api.summary_lines = {};
    BOOST_TEST(holds(get("/api/v1/notices"), R"("lines":[{"id":"xx-test:1"}])"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::test
