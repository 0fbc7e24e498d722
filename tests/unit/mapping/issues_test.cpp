// What is told of a record that says something wrong: the field and what stood there.

#include "tests/unit/mapping/mapped.h"

namespace recall::mapping {

namespace {

std::string cpsc(const std::string& date, const std::string& updated) {
    return R"([{"RecallID":7,"RecallNumber":"1","Title":"T","Products":[],"RecallDate":")" + date +
           R"(","LastPublishDate":")" + updated + R"("}])";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(issues_of_records)

BOOST_AUTO_TEST_CASE(every_date_that_is_none_is_told_with_what_stood_there) {
    const std::string good = "2024-05-02T00:00:00";
    const struct {
        std::string date;
        std::string updated;
        const char* issues;
    } cases[] = {
        {good, good, ""},
        {good, "0000-12-00", "bad-date LastPublishDate=0000-12-00\n"},
        {good, "2024-02-31", "bad-date LastPublishDate=2024-02-31\n"},
        {"0000-00-00", good, "bad-date RecallDate=0000-00-00\nmissing-field published_on=\n"},
        {"soon", good, "bad-date RecallDate=soon\nmissing-field published_on=\n"},
    };
    for (const auto& row : cases)
        BOOST_TEST(issues_of("us-cpsc", cpsc(row.date, row.updated)) == row.issues);
}

BOOST_AUTO_TEST_CASE(a_date_that_is_none_is_told_though_another_place_gives_one) {
    const std::string day =
        R"({"title":"T","base_path":"/product-safety-alerts-reports-recalls/t",)"
        R"("first_published_at":"2024-05-02T00:00:00Z","details":{"metadata":)"
        R"({"product_recall_alert_date":"2024-02-31"}}})";
    BOOST_TEST(issues_of("gb-opss", day)
                   .find("bad-date details/metadata/product_recall_alert_date=2024-02-31") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_second_value_of_a_single_place_is_told) {
    const std::string case_number = "<caseNumber>2</caseNumber>";
    const struct {
        std::string extra;
        const char* issues;
    } cases[] = {
        {"<caseNumber>1</caseNumber>", ""},
        {case_number, "second-value notifications/caseNumber=2\n"},
        {case_number + "<caseNumber>3</caseNumber>",
         "second-value notifications/caseNumber=2\nsecond-value notifications/caseNumber=3\n"},
        {"<level>Serious risk</level><level>High</level>",
         "second-value notifications/level=high\n"},
        {"<level>Odd risk</level><level>Serious risk</level>",
         "unknown-code notifications/level=Odd risk\n"},
    };
    for (const auto& row : cases)
        BOOST_TEST(issues_of("eu-safety-gate", report(alert(row.extra))) == row.issues);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::mapping
