// Pictures of notices over the API: looked at, asked for, and their thumbnails.

#include "gateway/json/notice_json.h"
#include "gateway/store/notices.h"
#include "tests/unit/http/api_fixture.h"
#include "tests/unit/http/lamp_picture.h"

#include <algorithm>

namespace http = recall::http;
namespace model = recall::model;
namespace store = recall::store;
namespace test = recall::test;

namespace {

const std::string pictures = "/api/v1/notices/xx-test:1/pictures";

struct Fixture : test::ApiFixture {
    int wakes = 0;

    Fixture() {
        api.pictures_wanted = [this] { ++wakes; };
        model::Notice notice;
        notice.id = "xx-test:1";
        notice.source = "xx-test";
        notice.kind = "recall";
        notice.status = "active";
        notice.jurisdiction = "XX";
        notice.title = {{"en", "Lamp", ""}};
        notice.images = {{test::lamp_url, "front"}, {"https://a.example/2.jpg", ""}};
        const std::string json = recall::json::write_notice(notice);
        store::in_write_transaction(*database, [&](store::Session& session) {
            store::Notices(session).upsert(
                {.notice = notice, .json = json, .content_hash = json, .raw_sha256 = ""},
                [](std::string_view text) { return recall::json::read_notice(text); }, clock.now());
        });
    }

    long long wanted() {
        const auto session = database->lease();
        return store::Pictures(*session).count_wanted();
    }
};

bool has(const http::Reply& reply, std::string_view text) {
    return reply.body.find(text) != std::string::npos;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(pictures_api, Fixture)

BOOST_AUTO_TEST_CASE(looking_fetches_nothing_and_asking_puts_them_on_the_list) {
    const http::Reply looked = get(pictures, "platform");
    BOOST_TEST(looked.status == 200);
    BOOST_TEST(has(looked, R"("caption":"front","state":"unfetched"})"), looked.body);
    BOOST_TEST(wanted() == 0);

    BOOST_TEST(send("POST", pictures, {}, {}, "platform").status == 403);
    BOOST_TEST(wakes == 0);
    const http::Reply asked = send("POST", pictures, {}, {}, "analyst");
    BOOST_TEST(asked.status == 202);
    BOOST_TEST(has(asked, R"("state":"wanted","attempts":0})"), asked.body);
    BOOST_TEST(wanted() == 2);
    BOOST_TEST(wakes == 1);
    BOOST_TEST(send("POST", pictures, {}, {}, "analyst").status == 202);
    BOOST_TEST(wanted() == 2);
    BOOST_TEST(send("POST", "/api/v1/notices/xx-test:9/pictures").status == 404);
    BOOST_TEST(get("/api/v1/notices/xx-test:9/pictures").status == 404);
}

BOOST_AUTO_TEST_CASE(a_failure_is_told_with_its_reason) {
    send("POST", pictures);
    store::in_write_transaction(*database, [&](store::Session& session) {
        store::Pictures(session).give_up(recall::pictures::picture_id(test::lamp_url),
                                         {recall::ErrorCode::bad_image, "it breaks off"});
    });
    const http::Reply reply = get(pictures);
    BOOST_TEST(has(reply, R"("state":"failed")"));
    BOOST_TEST(has(reply, R"("reason":{"code":"bad-image","text":"it breaks off"})"), reply.body);
}

BOOST_AUTO_TEST_CASE(a_thumbnail_is_given_as_what_it_is_to_those_with_a_key) {
    const std::string target = pictures + "/" + test::store_lamp(*database) + "/thumbnail";
    const http::Reply reply = get(target, "platform");
    BOOST_TEST(reply.status == 200);
    BOOST_TEST(reply.media_type == "image/jpeg");
    BOOST_TEST(reply.body.starts_with("\xFF\xD8\xFF"));
    BOOST_TEST(test::header(reply, "X-Content-Type-Options") == "nosniff");
    BOOST_TEST(test::header(reply, "Cache-Control") == "private, max-age=86400");
    BOOST_TEST(std::ranges::count_if(reply.headers, [](const auto& header) {
                   return header.first == "Cache-Control";
               }) == 1);
    const std::string tag = test::header(reply, "ETag");
    BOOST_TEST(get(target, "admin", {{"If-None-Match", tag}}).status == 304);
    BOOST_TEST(get(target, "nobody").status == 401);
    BOOST_TEST(has(get(pictures), R"("width":800,"height":600,"hash":"55555555)"));
}

BOOST_AUTO_TEST_CASE(only_a_notice_s_own_stored_pictures_have_a_thumbnail) {
    send("POST", pictures);
    const std::string second = recall::pictures::picture_id("https://a.example/2.jpg");
    BOOST_TEST(get(pictures + "/" + second + "/thumbnail").status == 404);
    store::in_write_transaction(*database, [&](store::Session& session) {
        store::Pictures(session).want({.owner = "xx-test:2"}, "other", "https://a.example/o",
                                      clock.now());
    });
    BOOST_TEST(get(pictures + "/other/thumbnail").status == 404);
}

BOOST_AUTO_TEST_SUITE_END()
