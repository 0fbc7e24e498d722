// Fetching pictures of notices and listings from a site on loopback, on every store.

#include "gateway/pictures/work.h"

#include <thread>

#include "gateway/crypto/digest.h"
#include "gateway/image/picture.h"
#include "gateway/json/listing_json.h"
#include "gateway/json/notice_json.h"
#include "gateway/json/writer.h"
#include "gateway/pictures/wanted.h"
#include "gateway/store/listings.h"
#include "gateway/store/notices.h"
#include "gateway/store/raw_archive.h"
#include "tests/support/exchange.h"
#include "tests/support/picture_site.h"
#include "tests/support/stores.h"
#include "tests/unit/image/drawings.h"

using recall::pictures::AskedBy;
using recall::pictures::Follow;
using recall::pictures::PictureCounts;
using recall::pictures::PictureWork;
using recall::store::PictureState;
using recall::test::http_reply;
using recall::test::TestStore;
namespace model = recall::model;
namespace net = recall::net;
namespace pictures = recall::pictures;
namespace store = recall::store;
namespace test = recall::test;

namespace {

std::string photo(unsigned seed) {
    return test::jpeg(test::drawing(seed, test::Ground::gradient, 320, 256));
}

pictures::PictureWorkOptions quick(Follow follow) {
    pictures::PictureWorkOptions options;
    options.follow = follow;
    options.manners.interval = std::chrono::milliseconds(0);
    options.manners.read_timeout = std::chrono::milliseconds(1000);
    return options;
}

struct Gallery {
    explicit Gallery(TestStore& opened, Follow follow = Follow::asked, bool may_go_inside = true)
        : database(opened.database()),
          fetcher(
              {.spool_folder = folder.path().string(), .may_reach_private_hosts = may_go_inside},
              clock),
          work(database, fetcher, clock, "node", quick(follow)) {}

    model::Notice put_notice(const std::string& id, const std::vector<std::string>& paths) {
        model::Notice notice = test::sample_notice(id, "Glimmer lamp");
        notice.images.clear();
        for (const std::string& path : paths)
            notice.images.push_back({path.starts_with("http") ? path : site.url(path), "front"});
        const std::string json = recall::json::write_notice(notice);
        store::in_write_transaction(database, [&](store::Session& session) {
            store::Notices(session).upsert(
                {.notice = notice, .json = json, .content_hash = json, .raw_sha256 = ""},
                [](std::string_view text) { return recall::json::read_notice(text); }, clock.now());
        });
        return notice;
    }
    void want(const model::Notice& notice, AskedBy asked_by = AskedBy::person) {
        store::in_write_transaction(database, [&](store::Session& session) {
            BOOST_REQUIRE(pictures::want_pictures(session, notice, asked_by, clock.now()).ok());
        });
    }
    store::StoredPicture picture(const std::string& path) {
        const auto session = database.lease();
        const std::string url = path.starts_with("http") ? path : site.url(path);
        const auto found = store::Pictures(*session).get(pictures::picture_id(url));
        return found.value_or(store::StoredPicture{.reason = "there is none"});
    }

    store::Database& database;
    test::TempFolder folder;
    test::TurnedClock clock;
    test::PictureSite site;
    net::Fetcher fetcher;
    PictureWork work;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(picture_work)

BOOST_AUTO_TEST_CASE(a_wanted_picture_is_kept_as_hash_and_thumbnail) {
    test::on_each_store([](TestStore& opened) {
        Gallery gallery(opened);
        const std::string file = photo(1);
        gallery.site.put("/1.jpg", http_reply("200 OK", file, "Content-Type: text/plain\r\n"));
        const model::Notice notice = gallery.put_notice("xx-test:1", {"/1.jpg"});
        BOOST_TEST((gallery.work.run_once() == PictureCounts{}), "nobody asked");
        gallery.want(notice);
        BOOST_TEST((gallery.work.run_once() == PictureCounts{.stored = 1}));
        const store::StoredPicture kept = gallery.picture("/1.jpg");
        BOOST_TEST(spelling(kept.state) == "stored");
        BOOST_TEST(kept.sha256 == recall::crypto::sha256_hex(file));
        BOOST_TEST(kept.media_type == "image/jpeg");
        BOOST_TEST(kept.width == 320);
        BOOST_TEST(kept.height == 256);
        BOOST_TEST(kept.hash.size() == 32);
        const auto session = gallery.database.lease();
        const auto thumbnail = store::RawArchive(*session).get(kept.thumbnail, 1 << 20);
        BOOST_REQUIRE(thumbnail.ok());
        const auto small = recall::image::read_picture(*thumbnail);
        BOOST_REQUIRE(small.ok());
        BOOST_TEST(small->width == 256);
    });
}

BOOST_AUTO_TEST_CASE(a_blank_picture_is_kept_without_a_hash) {
    test::on_each_store([](TestStore& opened) {
        Gallery gallery(opened);
        gallery.site.put("/w.png", http_reply("200 OK", test::png(test::blank(64, 64))));
        gallery.want(gallery.put_notice("xx-test:1", {"/w.png"}));
        BOOST_TEST(gallery.work.run_once().stored == 1);
        BOOST_TEST(gallery.picture("/w.png").hash.empty());
    });
}

BOOST_AUTO_TEST_CASE(a_picture_that_cannot_be_had_says_why) {
    struct Case {
        const char* path;
        std::string reply;
        const char* code;
        PictureState state;
    };
    const std::string large = "HTTP/1.1 200 OK\r\nContent-Length: " +
                              std::to_string(recall::image::picture_bytes_max + 1) + "\r\n\r\n";
    const Case cases[] = {
        {"/gone", http_reply("404 Not Found", ""), "not-found", PictureState::failed},
        {"/forbidden", http_reply("403 Forbidden", ""), "refused", PictureState::wanted},
        {"/busy", http_reply("503 Unavailable", ""), "refused", PictureState::wanted},
        {"/page", http_reply("200 OK", "<!DOCTYPE html><p>log in", "Content-Type: image/jpeg\r\n"),
         "wrong-document", PictureState::wanted},
        {"/svg", http_reply("200 OK", "<svg xmlns=\"x\"/>", "Content-Type: image/svg+xml\r\n"),
         "bad-image", PictureState::failed},
        {"/cut", http_reply("200 OK", photo(1).substr(0, 4000)), "bad-image", PictureState::failed},
        {"/broken-off", "HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n\xFF\xD8\xFF", "truncated",
         PictureState::wanted},
        {"/large", large, "too-large", PictureState::failed},
        {"/slow", "", "timed-out", PictureState::wanted},
        {"/inside", http_reply("302 Found", "", "Location: http://169.254.169.254/secret\r\n"),
         "redirect", PictureState::failed},
    };
    test::on_each_store([&](TestStore& opened) {
        Gallery gallery(opened);
        std::vector<std::string> paths;
        for (const Case& given : cases) {
            gallery.site.put(given.path, given.reply);
            paths.emplace_back(given.path);
        }
        gallery.want(gallery.put_notice("xx-test:1", paths));
        const PictureCounts counts = gallery.work.run_once();
        BOOST_TEST(counts.stored == 0);
        BOOST_TEST(counts.put_off == 5);
        BOOST_TEST(counts.failed == 5);
        for (const Case& given : cases) {
            const store::StoredPicture kept = gallery.picture(given.path);
            BOOST_TEST(kept.reason_code == given.code, given.path << ": " << kept.reason);
            BOOST_TEST(spelling(kept.state) == spelling(given.state), given.path);
        }
    });
}

BOOST_AUTO_TEST_CASE(addresses_inside_are_never_asked) {
    test::on_each_store([](TestStore& opened) {
        Gallery gallery(opened, Follow::asked, false);
        gallery.site.put("/1.jpg", http_reply("200 OK", photo(1)));
        gallery.want(gallery.put_notice("xx-test:1", {"/1.jpg"}));
        BOOST_TEST((gallery.work.run_once() == PictureCounts{.failed = 1}));
        BOOST_TEST(gallery.picture("/1.jpg").reason_code == "forbidden");
        BOOST_TEST(gallery.site.requests("/1.jpg") == 0);
    });
}

BOOST_AUTO_TEST_CASE(a_picture_of_several_notices_is_fetched_once) {
    test::on_each_store([](TestStore& opened) {
        Gallery gallery(opened);
        gallery.site.put("/1.jpg", http_reply("200 OK", photo(1)));
        gallery.want(gallery.put_notice("xx-test:1", {"/1.jpg", "/1.jpg"}));
        gallery.want(gallery.put_notice("xx-test:2", {"/1.jpg"}));
        BOOST_TEST(gallery.work.run_once().stored == 1);
        const auto hashes_after = [&](long long change) {
            const auto session = gallery.database.lease();
            return store::Pictures(*session).hashes_after(change, 100);
        };
        const auto uses = hashes_after(0);
        BOOST_REQUIRE(uses.size() == 2);
        // A notice that comes to it later is news for matching, and nothing to fetch.
        gallery.want(gallery.put_notice("xx-test:3", {"/1.jpg"}));
        BOOST_TEST((gallery.work.run_once() == PictureCounts{}));
        BOOST_TEST(gallery.site.requests("/1.jpg") == 1);
        BOOST_TEST(hashes_after(uses.back().change).size() == 3);
        // Asking again for what is there changes nothing.
        gallery.want(gallery.put_notice("xx-test:3", {"/1.jpg"}));
        BOOST_TEST(hashes_after(uses.back().change + 1).empty());
    });
}

BOOST_AUTO_TEST_CASE(what_may_pass_is_tried_again_later_and_later_until_it_is_given_up) {
    test::on_each_store([](TestStore& opened) {
        Gallery gallery(opened);
        gallery.site.put("/1.jpg", http_reply("503 Unavailable", ""));
        const model::Notice notice = gallery.put_notice("xx-test:1", {"/1.jpg"});
        gallery.want(notice);
        std::chrono::minutes wait = pictures::first_wait;
        for (int attempt = 1; attempt < pictures::attempts_max; ++attempt) {
            BOOST_TEST((gallery.work.run_once() == PictureCounts{.put_off = 1}));
            gallery.clock.turn(wait - std::chrono::seconds(1));
            BOOST_TEST((gallery.work.run_once() == PictureCounts{}), "not due yet");
            gallery.clock.turn(std::chrono::seconds(1));
            wait *= 8;
        }
        BOOST_TEST((gallery.work.run_once() == PictureCounts{.failed = 1}));
        gallery.want(notice, AskedBy::rule);
        BOOST_TEST((gallery.work.run_once() == PictureCounts{}), "a rule does not insist");
        gallery.site.put("/1.jpg", http_reply("200 OK", photo(1)));
        gallery.want(notice);
        BOOST_TEST((gallery.work.run_once() == PictureCounts{.stored = 1}));
        BOOST_TEST(gallery.picture("/1.jpg").reason_code.empty());
    });
}

BOOST_AUTO_TEST_CASE(what_a_process_was_fetching_when_it_ended_is_due_again) {
    test::on_each_store([](TestStore& opened) {
        Gallery gallery(opened);
        gallery.site.put("/1.jpg", http_reply("200 OK", photo(1)));
        gallery.want(gallery.put_notice("xx-test:1", {"/1.jpg"}));
        const auto now = gallery.clock.now();
        store::in_write_transaction(gallery.database, [&](store::Session& session) {
            BOOST_TEST(
                store::Pictures(session).take_due(now, now + std::chrono::minutes(30)).has_value());
        });
        BOOST_TEST((gallery.work.run_once() == PictureCounts{}));
        gallery.clock.turn(std::chrono::minutes(30));
        BOOST_TEST((gallery.work.run_once() == PictureCounts{.stored = 1}));
    });
}

BOOST_AUTO_TEST_CASE(following_takes_what_comes_from_then_on_of_notices_and_listings) {
    test::on_each_store([](TestStore& opened) {
        Gallery gallery(opened, Follow::all);
        for (const char* path : {"/old", "/new", "/listing"})
            gallery.site.put(path, http_reply("200 OK", photo(1)));
        gallery.put_notice("xx-test:1", {"/old"});
        BOOST_TEST((gallery.work.run_once() == PictureCounts{}));
        gallery.put_notice("xx-test:2", {"/new"});
        model::Listing listing;
        listing.id = "1";
        listing.platform = "market";
        listing.kind = "listing";
        listing.title = "Lamp";
        listing.image_urls = {gallery.site.url("/listing")};
        store::in_write_transaction(gallery.database, [&](store::Session& session) {
            store::Listings(session).upsert(listing, recall::json::write_listing(listing),
                                            gallery.clock.now());
        });
        BOOST_TEST((gallery.work.run_once() == PictureCounts{.stored = 2}));
        BOOST_TEST((gallery.work.run_once() == PictureCounts{}));
        BOOST_TEST(gallery.site.requests("/old") == 0);
        const auto session = gallery.database.lease();
        store::Pictures stored(*session);
        BOOST_TEST(stored.hashes_of({"market", "1"}).size() == 1);
        BOOST_TEST(stored.hashes_of({"", "xx-test:2"}) == stored.hashes_of({"market", "1"}));
        BOOST_TEST(stored.listing_hashes().size() == 1);
    });
}

BOOST_AUTO_TEST_CASE(several_threads_share_the_work_and_stop_when_told) {
    test::on_each_store([](TestStore& opened) {
        Gallery gallery(opened);
        std::vector<std::string> paths;
        for (int i = 0; i < 12; ++i) {
            paths.push_back("/" + std::to_string(i));
            gallery.site.put(paths.back(), http_reply("404 Not Found", ""));
        }
        gallery.want(gallery.put_notice("xx-test:1", paths));
        gallery.work.start();
        const auto left = [&] {
            const auto session = gallery.database.lease();
            return store::Pictures(*session).count_wanted();
        };
        while (left() > 0)
            std::this_thread::yield();
        gallery.work.stop();
        for (const std::string& path : paths)
            BOOST_TEST(gallery.site.requests(path) == 1, path);
    });
}

BOOST_AUTO_TEST_SUITE_END()
