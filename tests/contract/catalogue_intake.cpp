// Listings on their way into every store.

#include "gateway/catalogue/intake.h"
#include "gateway/store/listings.h"
#include "tests/support/stores.h"

using recall::test::TestStore;
namespace catalogue = recall::catalogue;
namespace store = recall::store;
namespace test = recall::test;

namespace {

struct HeldClock final : recall::Clock {
    recall::Instant now() const override { return test::test_now; }
};

catalogue::Judged row(const std::string& id, const std::string& title) {
    return catalogue::judge_json(R"({"id":")" + id + R"(","title":")" + title + "\"}",
                                 {.platform = "market", .kind = "listing"});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(catalogue_intake)

BOOST_AUTO_TEST_CASE(rows_are_created_changed_or_left_and_counted_so) {
    test::on_each_store([](TestStore& store) {
        const HeldClock clock;
        const auto take = [&](std::initializer_list<std::pair<const char*, const char*>> rows) {
            catalogue::Intake intake(store.database(), clock);
            long place = 0;
            for (const auto& [id, title] : rows) {
                catalogue::Judged judged = row(id, title);
                intake.add(++place, judged);
            }
            intake.finish();
            return intake.counts();
        };
        const auto first = take({{"1", "a"}, {"2", "b"}, {"", "c"}});
        BOOST_TEST(first.created == 2);
        BOOST_TEST(first.refused == 1);
        const auto second = take({{"1", "a"}, {"2", "new"}, {"3", "c"}, {"3", "d"}});
        BOOST_TEST(second.created == 1);
        BOOST_TEST(second.changed == 1);
        BOOST_TEST(second.unchanged == 1);
        BOOST_TEST(second.refused == 1);
        const auto session = store.database().lease();
        store::Listings listings(*session);
        BOOST_TEST(listings.count("market") == 3);
        BOOST_TEST(listings.get("market", "3")->json.find("\"c\"") != std::string::npos);
    });
}

BOOST_AUTO_TEST_CASE(rows_beyond_one_transaction_are_all_stored) {
    test::on_each_store([](TestStore& store) {
        const HeldClock clock;
        catalogue::Intake intake(store.database(), clock);
        const long rows = static_cast<long>(catalogue::rows_a_transaction) + 5;
        for (long i = 0; i < rows; ++i) {
            catalogue::Judged judged = row(std::to_string(i), "t");
            BOOST_REQUIRE(intake.add(i, judged));
        }
        const auto session = store.database().lease();
        BOOST_TEST(store::Listings(*session).count("") ==
                   static_cast<long long>(catalogue::rows_a_transaction));
        intake.finish();
        BOOST_TEST(store::Listings(*session).count("") == rows);
    });
}

BOOST_AUTO_TEST_SUITE_END()
