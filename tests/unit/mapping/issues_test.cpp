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

BOOST_AUTO_TEST_CASE(records_under_another_name_are_told_and_a_report_without_any_is_not) {
    const std::string head =
        "<Safety-Gate><report_date>09/02/2024</report_date>"
        "<report_week>6</report_week>";
    const std::string record = "<caseNumber>A12/90001/24</caseNumber>";
    BOOST_TEST(issues_of("eu-safety-gate", head + "</Safety-Gate>") == "");
    BOOST_TEST(issues_of("eu-safety-gate",
                         head + "<Notifications>" + record + "</Notifications></Safety-Gate>") ==
               "unmapped Notifications/caseNumber=A12/90001/24\n");
}

BOOST_AUTO_TEST_CASE(characters_that_no_notice_carries_are_taken_out_and_told) {
    const struct {
        const char* title;  // as JSON
        const char* text;
        const char* issues;
    } cases[] = {
        {"Toy\\u0007car", "Toycar", "control-character Title=Toy\\u{0007}car\n"},
        {"Ages 2\xC2\x96"
         "14",
         "Ages 2\xE2\x80\x93"
         "14",
         "control-character Title=Ages 2\\u{0096}14\n"},
        {"Toy\\u000bcar\\u0081", "Toy car", "control-character Title=Toy\\u{000B}car\\u{0081}\n"},
        {"Toy\x7F"
         "car",
         "Toycar", "control-character Title=Toy\\u{007F}car\n"},
        {"Toy\\u202Ecar", "Toycar", "control-character Title=Toy\\u{202E}car\n"},
        {"Toy\\uFFFEcar\\u2066", "Toycar", "control-character Title=Toy\\u{FFFE}car\\u{2066}\n"},
        // White space, and what only says how to show one character.
        {"Toy\\tcar\\u00a0\\u0085red", "Toy car red", ""},
        {"Toy\\u200bcar\\u200e\\ufeff\\u00ad", "Toycar", ""},
        {"\xF0\x9F\x9A\x97 \xE6\xB1\xBD\xE8\xBD\xA6", "\xF0\x9F\x9A\x97 \xE6\xB1\xBD\xE8\xBD\xA6",
         ""},
    };
    for (const auto& row : cases) {
        const std::string bytes =
            R"([{"RecallID":7,"RecallNumber":"1","RecallDate":"2024-05-02","Products":[],)"
            R"("Title":")" +
            std::string(row.title) + "\"}]";
        BOOST_TEST(issues_of("us-cpsc", bytes) == row.issues);
        map_document(mapping_of("us-cpsc"), bytes_source(bytes), {}, [&](MappedRecord&& record) {
            BOOST_REQUIRE(record.notice.has_value());
            BOOST_TEST(record.notice->title.at(0).text == row.text);
        });
    }
}

BOOST_AUTO_TEST_CASE(a_key_that_holds_such_a_character_is_nobody_s) {
    long records = 0;
    const std::string bytes =
        R"([{"RecallID":"7\u202E","RecallNumber":"1","RecallDate":"2024-05-02","Products":[],)"
        R"("Title":"T"}])";
    BOOST_TEST(issues_of("us-cpsc", bytes) == "control-character RecallID=7\\u{202E}\n");
    map_document(mapping_of("us-cpsc"), bytes_source(bytes), {}, [&](MappedRecord&& record) {
        ++records;
        BOOST_TEST(record.is_quarantined);
        BOOST_TEST(record.key == "");
    });
    BOOST_TEST(records == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::mapping
