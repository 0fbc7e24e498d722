#include "gateway/exchange/distribution.h"

#include <boost/test/unit_test.hpp>

namespace exchange = recall::exchange;
namespace model = recall::model;

namespace {

model::Notice notice(const char* jurisdiction, const char* hazard, const char* origin,
                     const char* sensitivity) {
    model::Notice made;
    made.jurisdiction = jurisdiction;
    made.hazards = {{hazard, {}}};
    model::Product product;
    product.origin_countries = {origin};
    made.products = {product};
    made.sensitivity = sensitivity;
    return made;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(distribution)

BOOST_AUTO_TEST_CASE(a_notice_goes_where_every_list_of_one_rule_has_it) {
    const model::DistributionRule everything{};
    const model::DistributionRule fires_of_europe{{"EU", "GB"}, {"fire", "burns"}, {}, "amber"};
    const model::DistributionRule made_here{{}, {}, {"CN"}, "green"};
    const struct {
        const char* what;
        const model::DistributionRule& rule;
        model::Notice notice;
        bool goes;
    } rows[] = {
        {"clear to all", everything, notice("US", "fire", "VN", "clear"), true},
        {"no level is clear", everything, notice("US", "fire", "VN", ""), true},
        {"above the ceiling", everything, notice("US", "fire", "VN", "green"), false},
        {"both lists", fires_of_europe, notice("GB", "burns", "VN", "amber"), true},
        {"red is above amber", fires_of_europe, notice("GB", "burns", "VN", "red"), false},
        {"another hazard", fires_of_europe, notice("GB", "choking", "VN", "clear"), false},
        {"another country", fires_of_europe, notice("US", "fire", "VN", "clear"), false},
        {"made here", made_here, notice("JP", "fire", "CN", "green"), true},
        {"made elsewhere", made_here, notice("JP", "fire", "VN", "green"), false},
        {"a level nobody knows goes nowhere", made_here, notice("JP", "fire", "CN", "secret"),
         false},
    };
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT(row.what) {
            BOOST_TEST(exchange::fits(row.rule, row.notice) == row.goes);
            model::Partner partner;
            BOOST_TEST(!exchange::fits(partner, row.notice));
            partner.distribution = {row.rule};
            BOOST_TEST(exchange::fits(partner, row.notice) == row.goes);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
