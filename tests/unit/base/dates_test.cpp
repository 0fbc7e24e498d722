// Dates, instants, ids and UTF-8: tables of what is accepted and refused.
#include <boost/test/unit_test.hpp>

#include "gateway/base/clock.h"
#include "gateway/base/date.h"
#include "gateway/base/issue.h"
#include "gateway/base/utf8.h"
#include "gateway/base/uuid.h"

namespace recall {

BOOST_AUTO_TEST_SUITE(dates)

BOOST_AUTO_TEST_CASE(an_iso_date_reads_back_as_itself_in_every_precision) {
    for (const char* text : {"2025-02-03", "2024-02-29", "2025-02", "2025", "1900-01-01", "2100"}) {
        const Result<Date> date = parse_date(text);
        BOOST_REQUIRE_MESSAGE(date.ok(), text);
        BOOST_TEST(to_text(*date) == text);
    }
}

BOOST_AUTO_TEST_CASE(a_date_that_does_not_exist_is_refused) {
    for (const char* text :
         {"", "0000-12-00", "2024-02-31", "2023-02-29", "2025-13", "2025-00", "2025-1-1",
          "25-01-01", "2025/01/01", "2025-01-01 ", "1899-12-31", "3019-01-01", "２０２５"}) {
        const Result<Date> date = parse_date(text);
        BOOST_REQUIRE_MESSAGE(!date.ok(), text);
        BOOST_CHECK(date.error().code == ErrorCode::bad_date);
    }
}

BOOST_AUTO_TEST_CASE(a_date_known_to_the_month_spans_the_whole_month) {
    const Date month = *parse_date("2024-02");
    BOOST_TEST(to_text(first_day(month)) == "2024-02-01");
    BOOST_TEST(to_text(last_day(month)) == "2024-02-29");
    BOOST_TEST(to_text(last_day(*parse_date("2023"))) == "2023-12-31");
}

BOOST_AUTO_TEST_CASE(an_instant_is_utc_whatever_offset_it_came_with) {
    struct Row {
        const char* given;
        const char* utc;
    };
    for (const Row& row : {Row{"2026-09-24T13:57:06Z", "2026-09-24T13:57:06Z"},
                           Row{"2026-09-24T13:57:06.082+00:00", "2026-09-24T13:57:06.082Z"},
                           Row{"2026-01-01T00:30:00+09:00", "2025-12-31T15:30:00Z"}}) {
        const Result<Instant> instant = parse_instant(row.given);
        BOOST_REQUIRE_MESSAGE(instant.ok(), row.given);
        BOOST_TEST(to_text(*instant) == row.utc);
    }
    for (const char* text :
         {"", "2026-09-24", "2026-09-24T13:57:06", "2026-02-30T00:00:00Z", "2026-09-24T24:00:00Z",
          "2026-09-24T13:57:06.Z", "2026-09-24T13:57:06ZZ"}) {
        BOOST_CHECK_MESSAGE(!parse_instant(text).ok(), text);
    }
}

BOOST_AUTO_TEST_CASE(message_ids_sort_by_the_time_they_were_made) {
    const Instant now = *parse_instant("2026-09-24T13:57:06.082Z");
    const std::string earlier = make_uuid(now);
    const std::string later = make_uuid(now + std::chrono::milliseconds(1));
    BOOST_TEST(is_uuid7(earlier));
    BOOST_TEST(earlier < later);
    for (const char* text :
         {"", "0199def8-5e22-4abc-8abc-0123456789ab", "0199DEF8-5E22-7ABC-8ABC-0123456789AB",
          "0199def85e227abc8abc0123456789ab0000"}) {
        BOOST_CHECK_MESSAGE(!is_uuid7(text), text);
    }
}

BOOST_AUTO_TEST_CASE(only_utf8_that_xml_can_carry_is_text) {
    BOOST_TEST(is_xml_text("玩具 toy \t\n🧸"));
    for (const std::string_view text :
         {std::string_view("a\0b", 3), std::string_view("\x01"), std::string_view("\xff"),
          std::string_view("\xc0\xaf"), std::string_view("\xed\xa0\x80"),
          std::string_view("\xf4\x90\x80\x80"), std::string_view("\xef\xbf\xbf"),
          std::string_view("\xe3\x81")}) {
        BOOST_TEST(!is_xml_text(text));
    }
}

BOOST_AUTO_TEST_CASE(the_value_of_an_issue_is_cut_between_characters) {
    std::string value(issue_value_bytes_max - 1, 'a');
    value += "玩具";
    const Issue issue = make_issue(ErrorCode::bad_value, "Products/Name", value);
    BOOST_TEST(is_utf8(issue.value));
    BOOST_TEST(issue.value == std::string(issue_value_bytes_max - 1, 'a') + "…");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall
