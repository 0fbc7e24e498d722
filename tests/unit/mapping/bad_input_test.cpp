// Documents that are wrong: what can be read is read, what cannot is told, and nothing grows.

#include <boost/test/unit_test.hpp>

#include "tests/unit/mapping/mapped.h"

namespace recall::mapping {

namespace {

struct Seen {
    long notices = 0;
    long quarantined = 0;
    std::string codes;   // of issues of records
    std::string broken;  // code of the document's end
};

Seen map_bytes(const std::string& source, const std::string& bytes) {
    Seen seen;
    const auto outcome =
        map_document(mapping_of(source), bytes_source(bytes), {}, [&](MappedRecord&& record) {
            for (const Issue& issue : record.issues)
                seen.codes += std::string(spelling(issue.code)) + " ";
        });
    seen.notices = outcome.notices;
    seen.quarantined = outcome.quarantined;
    if (outcome.broken) seen.broken = spelling(outcome.broken->code);
    return seen;
}

std::string nested(const std::string& open, const std::string& close, std::size_t depth) {
    std::string out;
    for (std::size_t i = 0; i < depth; ++i)
        out += open;
    for (std::size_t i = 0; i < depth; ++i)
        out += close;
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bad_input)

BOOST_AUTO_TEST_CASE(a_bad_json_record_is_told_and_the_rest_goes_on) {
    const struct {
        std::string bad;
        const char* code;
    } cases[] = {
        {R"({"a":1,"a":2})", "duplicate-key "},
        {"{\"a\":\"\\ud800\"}", "bad-encoding "},
        {"{\"a\":\"\xff\xfe\"}", "bad-encoding "},
        {R"({"a":"\u0000"})", "bad-encoding "},
        {R"({"a":})", "bad-json "},
        {R"({"a":01})", "bad-json "},
        {"3", "bad-json "},
        {R"({"a":)" + nested("[", "]", 100'000) + "}", "limit "},
        {R"({"a":")" + std::string(100U << 20U, 'x') + R"("})", "limit "},
    };
    for (const auto& row : cases) {
        BOOST_TEST_CONTEXT(row.bad.substr(0, 40)) {
            const Seen seen =
                map_bytes("us-cpsc", "[" + object() + "," + row.bad + "," + object() + "]");
            BOOST_TEST(seen.notices == 2);
            BOOST_TEST(seen.quarantined == 1);
            BOOST_TEST(seen.codes == row.code);
            BOOST_TEST(seen.broken == "");
        }
    }
}

BOOST_AUTO_TEST_CASE(a_json_document_that_breaks_off_gives_what_came_before) {
    const struct {
        std::string text;
        long notices;
        const char* broken;
    } cases[] = {
        {"", 0, "wrong-document"},
        {"[", 0, "truncated"},
        {"[]", 0, ""},
        {"[" + object() + "," + object().substr(0, 40), 1, "truncated"},
        {"[" + object() + ",", 1, "truncated"},
        {"[" + object() + ",]", 1, "bad-json"},
        {"[" + object() + object() + "]", 1, "bad-json"},
        {"[" + object() + "] tail", 1, "bad-json"},
        {"\xEF\xBB\xBF[" + object() + "]", 1, ""},
        {object(), 1, ""},
        {"<html><body>Access denied</body></html>", 0, "wrong-document"},
        {"Service unavailable", 0, "bad-json"},
    };
    for (const auto& row : cases) {
        BOOST_TEST_CONTEXT(row.text.substr(0, 40)) {
            const Seen seen = map_bytes("us-cpsc", row.text);
            BOOST_TEST(seen.notices == row.notices);
            BOOST_TEST(seen.broken == row.broken);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_bad_xml_record_is_told_and_the_rest_goes_on) {
    const struct {
        std::string bad;
        const char* code;
    } cases[] = {
        {alert("<a>" + nested("<b>", "</b>", 100'000) + "</a>"), "limit "},
        {alert("<danger>" + std::string(100U << 20U, 'x') + "</danger>"), "limit "},
        {alert("<danger><![CDATA[" + std::string(20U << 20U, 'x') + "]]></danger>"), "limit "},
        {"<notifications/>", ""},
        {"<notifications><a></b></notifications>", "bad-xml "},
        {"<notifications><a>", "bad-xml "},
        {"<notifications><a>&undefined;</a></notifications>", "bad-xml "},
        {"<notifications><a>\xff</a></notifications>", "bad-encoding "},
        {std::string("<notifications><a>\0</a></notifications>", 40), "bad-encoding "},
    };
    for (const auto& row : cases) {
        BOOST_TEST_CONTEXT(row.bad.substr(0, 200)) {
            const Seen seen = map_bytes("eu-safety-gate", report(alert() + row.bad + alert()));
            BOOST_TEST(seen.notices == 2);
            BOOST_TEST(seen.quarantined == 1);
            BOOST_TEST(seen.codes.find(row.code) != std::string::npos);
            BOOST_TEST(seen.broken == "");
        }
    }
}

BOOST_AUTO_TEST_CASE(a_record_that_cannot_be_read_is_named) {
    const std::string xml = issues_of(
        "eu-safety-gate", report(alert() + "<notifications><a>\xff</a></notifications>" + alert()));
    BOOST_TEST(xml.starts_with("bad-encoding notifications=line 1: "), xml);
    BOOST_TEST(xml.ends_with("the record begins at byte 212, line 1; the last whole one before it "
                             "is 1\n"),
               xml);
    BOOST_TEST(issues_of("us-cpsc", "[" + object() + R"(,{"a":{"b":01}}])") ==
               "bad-json a/b=element [1], which begins at byte 96, is wrong: at a/b: a number is "
               "malformed\n");
}

BOOST_AUTO_TEST_CASE(an_xml_document_that_breaks_off_gives_what_came_before) {
    const std::string whole = report(alert() + alert());
    const struct {
        std::string text;
        long notices;
        const char* broken;
    } cases[] = {
        {whole, 2, ""},
        {whole.substr(0, whole.size() - 40), 1, "truncated"},
        {whole.substr(0, whole.size() - 5), 2, "truncated"},
        {"<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"b\">]><Safety-Gate/>", 0, "doctype"},
        {"<?xml version=\"1.0\"?><html><body>denied</body></html>", 0, "wrong-document"},
        {"<?xml version=\"1.0\" encoding=\"x-none\"?><Safety-Gate/>", 0, "bad-encoding"},
    };
    for (const auto& row : cases) {
        BOOST_TEST_CONTEXT(row.text.substr(0, 120)) {
            const Seen seen = map_bytes("eu-safety-gate", row.text);
            BOOST_TEST(seen.notices == row.notices);
            BOOST_TEST(seen.broken == row.broken);
        }
    }
}

// The text with a zero byte before or after each.
std::string wide(const std::string& text, bool is_big_endian) {
    std::string out;
    for (const char c : text) {
        if (is_big_endian) out += '\0';
        out += c;
        if (!is_big_endian) out += '\0';
    }
    return out;
}

BOOST_AUTO_TEST_CASE(an_encoding_that_is_not_read_is_named) {
    const struct {
        const char* source;
        std::string text;
    } documents[] = {{"us-cpsc", "[" + object() + "]"},
                     {"eu-safety-gate", report(alert())},
                     {"jp-caa", "<html><body>x</body></html>"},
                     {"us-nhtsa", "1\t24V1\n"}};
    for (const auto& row : documents) {
        for (const std::string mark : {"", "\xFF\xFE", "\xFE\xFF"}) {
            for (const bool is_big_endian : {false, true}) {
                const bool is_marked = !mark.empty();
                if (is_marked && (mark[0] == '\xFE') != is_big_endian) continue;
                if (!is_marked && row.text[0] == '1') continue;  // nothing tells it from a table
                BOOST_TEST_CONTEXT(row.source << " " << is_marked << " " << is_big_endian) {
                    const std::string bytes = mark + wide(row.text, is_big_endian);
                    const auto outcome =
                        map_document(mapping_of(row.source), bytes_source(bytes), {},
                                     [](MappedRecord&&) { BOOST_ERROR("a record"); });
                    BOOST_REQUIRE(outcome.broken.has_value());
                    BOOST_TEST((outcome.broken->code == ErrorCode::bad_encoding));
                    const std::string named = is_big_endian ? "UTF-16 (big" : "UTF-16 (little";
                    BOOST_TEST(outcome.broken->text.find(named) != std::string::npos);
                    BOOST_TEST(outcome.broken->text.find("UTF-8") != std::string::npos);
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_page_that_is_something_else_is_told) {
    BOOST_TEST(map_bytes("jp-caa", "<html><body><h1>メンテナンス中</h1></body></html>").broken ==
               "wrong-document");
    BOOST_TEST(map_bytes("jp-caa", "<html>\xff</html>").codes == "bad-encoding ");
    BOOST_TEST(map_bytes("jp-caa", "<html><body>" + nested("<div>", "</div>", 100'000))
                   .codes.find("limit") != std::string::npos);
    BOOST_TEST(map_bytes("jp-caa", "<html>" + std::string(20U << 20U, 'x')).broken == "limit");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::mapping
