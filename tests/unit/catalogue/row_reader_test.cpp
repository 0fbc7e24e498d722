#include "gateway/catalogue/row_reader.h"

#include <boost/test/unit_test.hpp>
#include <sstream>

using recall::ErrorCode;
namespace catalogue = recall::catalogue;

namespace {

const catalogue::Expected any{.platform = "p", .kind = ""};

std::vector<catalogue::Row> read(const std::string& bytes) {
    std::istringstream in(bytes);
    auto reader = catalogue::RowReader::open(in, any);
    BOOST_REQUIRE_MESSAGE(reader.ok(), (reader ? "" : reader.error().text));
    std::vector<catalogue::Row> rows;
    while (auto row = reader->next())
        rows.push_back(*std::move(row));
    return rows;
}

std::string refusal(const std::string& bytes) {
    std::istringstream in(bytes);
    const auto reader = catalogue::RowReader::open(in, any);
    return reader ? "" : reader.error().text;
}

// "1:ok 2:bad-json": each row's line and what came of it.
std::string outcome(const std::vector<catalogue::Row>& rows) {
    std::string out;
    for (const catalogue::Row& row : rows) {
        out += (out.empty() ? "" : " ") + std::to_string(row.line) + ":";
        out += row.judged.listing ? "ok" : std::string(spelling(row.judged.findings.at(0).code));
    }
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reading_rows)

BOOST_AUTO_TEST_CASE(a_bad_row_is_refused_and_the_rest_goes_on) {
    const std::string good = R"({"id":"1","title":"t"})";
    struct Case {
        std::string bytes;
        const char* outcome;
    };
    const Case cases[] = {
        {"", ""},
        {"\n\n", ""},
        {good, "1:ok"},
        {"\xEF\xBB\xBF" + good + "\r\n\r\n" + good + "\n", "1:ok 3:ok"},
        {good + "\n{\"id\":\n" + good + "\n", "1:ok 2:bad-json 3:ok"},
        {good + "\n{\"id\":\"\xE4\xB8\"}\n" + good, "1:ok 2:bad-encoding 3:ok"},
        {"{\"id\":\"" + std::string(2U << 20U, 'x') + "\"}\n" + good, "1:limit 2:ok"},
        {"id,title\n1,t\n2,\n", "2:ok 3:missing-field"},
        {"\xEF\xBB\xBFid,title\r\n1,\"a \"\"b\"\", c\"\r\n", "2:ok"},
        {"id,title\n\"1\",\"two\nlines\"\n2,t\n", "2:ok 4:ok"},
        {"id,title\n1\n2,t,x\n3,t\n", "2:bad-csv 3:bad-csv 4:ok"},
        {"id,title\n1,\"t\" x\n2,t\n", "2:bad-csv 3:ok"},
        {"id,title\n1,\xFFt\n2,t\n", "2:bad-encoding 3:ok"},
        {"id,title,price\n1,t,cheap\n", "2:bad-number"},
        {"id,title\n", ""},
    };
    for (const Case& row : cases) {
        BOOST_TEST(outcome(read(row.bytes)) == row.outcome, row.bytes.substr(0, 60));
    }
}

BOOST_AUTO_TEST_CASE(a_csv_row_becomes_the_listing_that_its_columns_say) {
    const auto rows = read(
        "title,id,attributes.颜色,image_urls,price\n"
        "\"儿童,座椅\",A-1,红,https://a.example/1 https://a.example/2,199.00\n"
        "椅,A-2,,,\n");
    BOOST_REQUIRE(rows.size() == 2U);
    const auto& first = rows[0].judged.listing.value();
    BOOST_TEST(first.id == "A-1");
    BOOST_TEST(first.title == "儿童,座椅");
    BOOST_TEST(first.attributes.at("颜色") == "红");
    BOOST_TEST(first.image_urls.size() == 2U);
    BOOST_TEST(first.price == "199.00");
    BOOST_TEST(first.platform == "p");
    const auto& second = rows[1].judged.listing.value();
    BOOST_TEST(second.attributes.empty());
    BOOST_TEST(second.image_urls.empty());
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_taken_is_told_what_it_is) {
    const std::pair<std::string, const char*> cases[] = {
        {std::string("PK\x03\x04rest", 8), "XLSX"},
        {"\xD0\xCF\x11\xE0", "Excel"},
        {"<?xml version='1.0'?><rss/>", "XML"},
        {"\xEF\xBB\xBF  <feed/>", "XML"},
        {std::string("\xFF\xFEi\0d\0", 6), "UTF-16"},
        {std::string("i\0d\0,\0", 6), "UTF-16"},
        {std::string("\0{\0}", 4), "UTF-16"},
        {"[{\"id\":\"1\"}]", "JSON array"},
        {"id;title\n1;t\n", "not parted by commas"},
        {"id,titel\n", "column 2: a listing has no member titel; did you mean title?"},
        {"ID,title\n", "column 1: \"ID\" must be spelt id"},
        {"id, Title\n", "column 2: \" Title\" must be spelt title"},
        {"id,title,\n", "column 3: it has no name"},
        {"id,title,id\n", "twice"},
        {"id,brand\n", "does not name the column title"},
    };
    for (const auto& [bytes, wanted] : cases) {
        BOOST_TEST(refusal(bytes).find(wanted) != std::string::npos,
                   bytes << " gave " << refusal(bytes));
    }
}

BOOST_AUTO_TEST_SUITE_END()
