#include "gateway/text/month_names.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace recall::text {
namespace {

unsigned month_of(const char* tag, const std::u32string& name) {
    const auto names = month_names(tag);
    const auto found = std::ranges::find(names, name, [](const auto& one) { return one.first; });
    return found == names.end() ? 0 : found->second;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(names_of_months)

BOOST_AUTO_TEST_CASE(months_are_known_by_their_names_in_many_languages) {
    const struct {
        const char* tag;
        std::u32string name;
        unsigned month;
    } rows[] = {
        {"de", U"März", 3},          {"de", U"MÄRZ", 3},         {"de", U"Okt", 10},
        {"de-AT", U"Jänner", 1},     {"fr", U"août", 8},         {"fr", U"Août", 8},
        {"fr", U"juil", 7},          {"es", U"septiembre", 9},   {"it", U"gennaio", 1},
        {"pt-BR", U"fevereiro", 2},  {"nl", U"mrt", 3},          {"sv", U"maj", 5},
        {"pl", U"października", 10}, {"pl", U"październik", 10}, {"fi", U"tammikuuta", 1},
        {"de", U"march", 0},
    };
    for (const auto& row : rows)
        BOOST_TEST(month_of(row.tag, row.name) == row.month, row.tag << ", month " << row.month);
}

BOOST_AUTO_TEST_CASE(of_a_language_that_is_none_nothing_is_known) {
    BOOST_TEST(month_names("qq").empty());
    BOOST_TEST(month_names("").empty());
    BOOST_TEST(month_names("not a tag").empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::text
