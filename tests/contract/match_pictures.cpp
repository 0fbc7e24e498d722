// Matching when pictures come later than the notices and listings that show them, on every store.

#include "gateway/cases/match_work.h"
#include "gateway/crypto/digest.h"
#include "gateway/json/listing_json.h"
#include "gateway/json/notice_json.h"
#include "gateway/model/picture_hash.h"
#include "gateway/store/listings.h"
#include "gateway/store/matches.h"
#include "gateway/store/notices.h"
#include "gateway/store/pictures.h"
#include "tests/support/exchange.h"
#include "tests/support/stores.h"

using recall::cases::MatchWork;
using recall::model::PictureHash;
using recall::test::TestStore;
namespace model = recall::model;
namespace store = recall::store;
namespace test = recall::test;

namespace {

constexpr PictureHash photo{0x0123456789abcdefULL, 0x00ff00ff00ff00ffULL};
constexpr PictureHash smaller_photo{0x0123456789abcdeeULL, 0x00ff00ff00ff00feULL};
constexpr PictureHash other_photo{0xfedcba9876543210ULL, 0x00ff00ff00ff00ffULL};

struct Desk {
    explicit Desk(TestStore& opened)
        : database(opened.database()),
          work(database, recall::match::Lexicon::load(RECALLGW_SOURCE_DIR "/mappings/lexicon"),
               clock, "node", {}) {
        model::Notice notice = test::sample_notice("us-test:1", "Baby strollers recalled");
        model::Product product;
        product.name = {{.lang = "en", .text = "Baby stroller", .made_by = {}}};
        notice.products = {product};
        const std::string json = recall::json::write_notice(notice);
        model::Listing listing;
        listing.id = "1";
        listing.platform = "market";
        listing.kind = "listing";
        listing.title = "Stroller for your baby";
        store::in_write_transaction(database, [&](store::Session& session) {
            store::Notices(session).upsert(
                {.notice = notice, .json = json, .content_hash = json, .raw_sha256 = ""},
                [](std::string_view text) { return recall::json::read_notice(text); }, clock.now());
            store::Listings(session).upsert(listing, recall::json::write_listing(listing),
                                            clock.now());
        });
    }

    void store_picture(const store::PictureUser& user, const std::string& url,
                       const PictureHash& hash) {
        store::in_write_transaction(database, [&](store::Session& session) {
            store::Pictures pictures(session);
            store::StoredPicture picture;
            picture.id = recall::crypto::sha256_hex(url);
            picture.hash = to_text(hash);
            pictures.want(user, picture.id, url, clock.now());
            pictures.save(picture, clock.now());
        });
    }
    // The score of the one match, and whether a picture is among its evidence.
    std::pair<double, bool> match() {
        const auto session = database.lease();
        const auto rows = store::Matches(*session).list({}, "", 10)->rows;
        if (rows.empty()) return {0, false};
        return {rows[0].score, rows[0].evidence_json.find("\"image\"") != std::string::npos};
    }

    store::Database& database;
    test::TurnedClock clock;
    MatchWork work;
};

const store::PictureUser notice{"", "us-test:1"};
const store::PictureUser listing{"market", "1"};

}  // namespace

BOOST_AUTO_TEST_SUITE(match_pictures)

BOOST_AUTO_TEST_CASE(a_listing_is_matched_anew_when_the_second_of_two_like_pictures_comes) {
    struct Case {
        store::PictureUser first;
        store::PictureUser second;
    };
    for (const Case& order : {Case{notice, listing}, Case{listing, notice}}) {
        test::on_each_store([&](TestStore& opened) {
            Desk desk(opened);
            BOOST_TEST(desk.work.run_once().listings == 1);
            const auto before = desk.match();
            BOOST_TEST(!before.second);
            desk.store_picture(order.first, "https://a.example/1", photo);
            desk.work.run_once();
            BOOST_TEST(!desk.match().second);
            desk.store_picture(order.second, "https://b.example/2", smaller_photo);
            BOOST_TEST(desk.work.run_once().listings == 1);
            const auto after = desk.match();
            BOOST_TEST(after.second);
            BOOST_TEST(after.first > before.first);
            BOOST_TEST(desk.work.run_once().listings == 0);
        });
    }
}

BOOST_AUTO_TEST_CASE(pictures_that_differ_change_no_match) {
    test::on_each_store([](TestStore& opened) {
        Desk desk(opened);
        desk.work.run_once();
        const auto before = desk.match();
        desk.store_picture(listing, "https://a.example/1", photo);
        desk.store_picture(notice, "https://b.example/2", other_photo);
        desk.work.run_once();
        BOOST_TEST((desk.match() == before));
    });
}

BOOST_AUTO_TEST_CASE(a_process_that_starts_later_knows_the_pictures) {
    test::on_each_store([](TestStore& opened) {
        Desk desk(opened);
        desk.store_picture(listing, "https://a.example/1", photo);
        desk.store_picture(notice, "https://a.example/1", photo);
        desk.work.run_once();
        BOOST_TEST(desk.match().second);
    });
}

BOOST_AUTO_TEST_SUITE_END()
