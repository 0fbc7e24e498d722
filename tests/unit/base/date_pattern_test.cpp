#include "gateway/base/date_pattern.h"

#include <boost/test/unit_test.hpp>

namespace recall {

namespace recall {

BOOST_AUTO_TEST_SUITE(date_pattern)

BOOST_AUTO_TEST_CASE(each_form_of_the_feeds_is_read) {
    const struct {
        const char* pattern;
        const char* text;
        const char* iso;  // "!" refused
    } cases[] = {
        {"dd/MM/yyyy", "31/01/2024", "2024-01-31"},
        {"dd/MM/yyyy", "31/02/2024", "!"},
        {"dd/MM/yyyy", "1/2/2024", "!"},
        {"dd/MM/yyyy", "31/01/2024x", "!"},
        {"dd/MM/yyyy", "", "!"},
        {"dd/MM/yyyy", "00/01/2024", "!"},
        {"yyyy-MM-ddT*", "2024-02-29T00:00:00", "2024-02-29"},
        {"yyyy-MM-ddT*", "2023-02-29T00:00:00", "!"},
        {"yyyy-MM-dd", "0000-12-00", "!"},
        {"yyyy-MM-ddT*", "0000-00-00T00:00:00", "!"},
        {"yyyy-MM-dd", "1066-10-14", "!"},
        {"yyyy年M月d日", "2004年10月 6日", "2004-10-06"},
        {"yyyy年M月d日", "0000年12月 0日", "!"},
        {"yyyy年M月d日", "２０２５年１２月３０日", "2025-12-30"},
        {"Gy年M月d日", "令和8年6月21日", "2026-06-21"},
        {"Gy年M月d日", "令和元年5月1日", "2019-05-01"},
        {"Gy年M月d日", "平成30年6月21日", "2018-06-21"},
        {"Gy年M月d日", "平成2007年5月30日", "!"},
        {"yyyy年M月d日 | Gy年M月d日 | Gy年M月", "平成15年9月", "2003-09"},
        {"yyyy/MM", "2012/07", "2012-07"},
        {"yyyy", "2012", "2012"},
        {"E, d MMM yyyy *", "Tue, 29 Sep 2026 00:00:00 +0000", "2026-09-29"},
        {"d MMM yyyy", "29 September 2026", "2026-09-29"},
        {"d MMM yyyy", "29 Septober 2026", "!"},
        {"yyyyMMdd", "20260701", "2026-07-01"},
    };
    for (const auto& row : cases) {
        BOOST_TEST_CONTEXT(row.pattern << " " << row.text) {
            const auto pattern = DatePattern::compile(row.pattern);
            BOOST_REQUIRE(pattern.ok());
            const auto read = pattern->read(row.text);
            const std::string iso = read ? to_text(*read) : "!";
            BOOST_TEST(iso == row.iso);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_pattern_without_a_year_is_refused) {
    BOOST_TEST(!DatePattern::compile("dd/MM").ok());
    BOOST_TEST(!DatePattern::compile("").ok());
}

BOOST_AUTO_TEST_CASE(letters_that_mean_nothing_are_refused_and_the_right_ones_named) {
    const struct {
        const char* pattern;
        const char* says;
    } cases[] = {
        {"d MMMM yyyy", "MMM for its name"},      {"dd mmm yyyy", "MMM for its name"},
        {"yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddT*"}, {"DD/MM/yyyy", "the day is dd"},
        {"dd/MM/YYYY", "the year is yyyy"},       {"dd/MM/yyyy | d MMM yy", "the year is yyyy"},
        {"d de MMM yyyy", "e means nothing"},
    };
    for (const auto& row : cases) {
        const auto pattern = DatePattern::compile(row.pattern);
        BOOST_REQUIRE_MESSAGE(!pattern.ok(), row.pattern);
        BOOST_TEST((pattern.error().code == ErrorCode::usage));
        BOOST_TEST(pattern.error().text.find(row.says) != std::string::npos, pattern.error().text);
    }
}

BOOST_AUTO_TEST_CASE(a_huge_text_is_no_date) {
    BOOST_TEST(!DatePattern::compile("yyyy *")->read(std::string(1'000'000, '9')).ok());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall

}  // namespace recall
