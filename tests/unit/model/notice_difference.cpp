#include "gateway/model/notice_difference.h"

#include <boost/test/unit_test.hpp>

namespace recall::model {

namespace {

Notice kettle() {
    Notice notice;
    notice.id = "us-cpsc:1";
    notice.risk_level = "serious";
    notice.products.resize(2);
    notice.products[0].brands = {"Nordkessel", "Sudkessel"};
    notice.products[1].models = {"NK-2"};
    return notice;
}

struct Row {
    const char* what;
    void (*change)(Notice&);
    std::vector<FieldDifference> expected;
};

const std::vector<Row> rows{
    {"nothing", [](Notice&) {}, {}},
    {"revision and provenance are not content",
     [](Notice& n) {
         n.revision = 7;
         n.provenance = Provenance{"2026-01-01T00:00:00Z", "aa", "us-cpsc@2", {}};
     },
     {}},
    {"a text", [](Notice& n) { n.risk_level = "low"; }, {{"risk_level", "serious", "low"}}},
    {"a text goes", [](Notice& n) { n.risk_level = ""; }, {{"risk_level", "serious", ""}}},
    {"a date comes",
     [](Notice& n) {
         n.published_on = Date{2026, 2, 3};
     },
     {{"published_on", "", "2026-02-03"}}},
    {"the order of brands does not count",
     [](Notice& n) {
         n.products[0].brands = {"Sudkessel", "Nordkessel"};
     },
     {}},
    {"one brand for another",
     [](Notice& n) { n.products[0].brands[1] = "Ostkessel"; },
     {{"products/0/brands", "Sudkessel", ""}, {"products/0/brands", "", "Ostkessel"}}},
    {"a product comes first",
     [](Notice& n) {
         n.products.insert(n.products.begin(), Product{});
         n.products[0].models = {"NK-0"};
     },
     {{"products/0/models", "", "NK-0"}}},
    {"a product goes",
     [](Notice& n) { n.products.pop_back(); },
     {{"products/1/models", "NK-2", ""}}},
    {"an object comes",
     [](Notice& n) {
         n.authority = Authority{"Invented Agency", "US"};
     },
     {{"authority/name", "", "Invented Agency"}, {"authority/country", "", "US"}}},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(notice_difference)

BOOST_AUTO_TEST_CASE(a_difference_names_each_field_that_changed) {
    for (const Row& row : rows) {
        BOOST_TEST_CONTEXT(row.what) {
            Notice after = kettle();
            row.change(after);
            const auto found = difference(kettle(), after);
            BOOST_TEST(found.size() == row.expected.size());
            BOOST_TEST((found == row.expected));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::model
