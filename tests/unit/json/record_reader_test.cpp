// Where the records of a JSON document are.

#include "gateway/json/record_reader.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace recall::json {
namespace {

struct Seen {
    std::string raws;
    std::string error;
};

Seen read(const std::string& text, const std::vector<std::string>& path,
          TrailingComma comma = TrailingComma::refused) {
    std::size_t at = 0;
    // In pieces of three bytes, so that every edge is met.
    const ByteSource source = [&](std::span<char> buffer) {
        const std::size_t size =
            std::min({buffer.size(), text.size() - at, static_cast<std::size_t>(3)});
        std::copy_n(text.data() + at, size, buffer.data());
        at += size;
        return size;
    };
    Seen seen;
    const auto note = [&](std::string_view raw) {
        seen.raws += (seen.raws.empty() ? "" : " ") + std::string(raw);
    };
    const RecordSinks sinks{[&](const xml::Document&, std::string_view raw) { note(raw); },
                            [&](std::string_view raw, const Error&, const std::string&) {
                                note("refused:" + std::string(raw));
                            }};
    const auto done = read_records(source, path, {}, sinks, comma);
    if (!done) seen.error = spelling(done.error().code);
    return seen;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_records)

BOOST_AUTO_TEST_CASE(records_are_found_where_the_path_leads) {
    const struct {
        const char* text;
        std::vector<std::string> path;
        const char* raws;
        const char* error;
    } cases[] = {
        {R"([{"a":1},{"a":2}])", {}, R"({"a":1} {"a":2})", ""},
        {"\n\n  {\"data\":\n [ {\"a\":1} ] }\n\n ", {"data"}, R"({"a":1})", ""},
        {R"({"x":{"data":[9]},"data":[{"a":1}]})", {"data"}, R"({"a":1})", ""},
        {R"({"code":"1","data":{"a":{"b":2}},"more":{}})", {"data"}, R"({"a":{"b":2}})", ""},
        {R"({"x":{"y":[{"a":1}]}})", {"x", "y"}, R"({"a":1})", ""},
        {R"({"x":{"y":{"a":1}}})", {"x", "y"}, R"({"a":1})", ""},
        {R"({"data":null})", {"data"}, "", "wrong-document"},
        {R"({"data":[]})", {"data"}, "", ""},
        {R"({"data":[{"a":1},]})", {"data"}, R"({"a":1})", "bad-json"},
    };
    for (const auto& row : cases) {
        const Seen seen = read(row.text, row.path);
        BOOST_TEST(seen.raws == row.raws, row.text);
        BOOST_TEST(seen.error == row.error, row.text << ": " << seen.error);
    }
}

BOOST_AUTO_TEST_CASE(a_trailing_comma_is_passed_over_where_that_is_said) {
    const struct {
        const char* text;
        const char* raws;
        const char* error;
    } cases[] = {
        {R"({"data":[{"a":1},{"a":2},
            ]})",
         R"({"a":1} {"a":2})", ""},
        {R"({"data":[{"a":1}]})", R"({"a":1})", ""},
        {R"({"data":[{"a":1},,{"a":2}]})", R"({"a":1})", "bad-json"},
        {R"({"data":[,]})", "", "bad-json"},
        {R"({"data":[{"a":[1,]}]})", R"(refused:{"a":[1,]})", ""},
    };
    for (const auto& row : cases) {
        const Seen seen = read(row.text, {"data"}, TrailingComma::passed_over);
        BOOST_TEST(seen.raws == row.raws, row.text);
        BOOST_TEST(seen.error == row.error, row.text << ": " << seen.error);
    }
}

BOOST_AUTO_TEST_CASE(a_record_that_is_not_closed_costs_no_other) {
    const struct {
        const char* text;
        const char* raws;
        const char* error;
    } cases[] = {
        {R"([{"a":[1},{"b":2}])", R"(refused:{"a":[1} {"b":2})", ""},
        {R"([{"a":{"n":1,"b":2},{"c":3}])", R"(refused:{"a":{"n":1,"b":2}, {"c":3})", ""},
        {R"([{"a":1,{"b":2},{"c":3}])", R"(refused:{"a":1, {"b":2} {"c":3})", ""},
        {R"([{"p":[{"x":1,{"x":2}]},{"c":3}])", R"(refused:{"p":[{"x":1,{"x":2}]} {"c":3})", ""},
        {R"([{"a":1},{"b":2])", R"({"a":1} refused:{"b":2)", ""},
        {R"([{"a":1},{"b":[2}])", R"({"a":1} refused:{"b":[2})", ""},
        // A string that is not closed hides where the next record begins.
        {R"([{"a":1},{"b":"x,"c":1},{"d":1}])", R"({"a":1} refused:{"b":"x,"c":1},{"d":1}])",
         "bad-json"},
        {R"([{"a":1},{"b":"x)", R"({"a":1} refused:{"b":"x)", "truncated"},
    };
    for (const auto& row : cases) {
        BOOST_TEST_CONTEXT(row.text) {
            const Seen seen = read(row.text, {});
            BOOST_TEST(seen.raws == row.raws);
            BOOST_TEST(seen.error == row.error);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_record_that_is_refused_is_named_by_place_and_path) {
    const std::string text = R"([{"a":1},{"b":{"c":01}},{"d"}])";
    std::string told;
    const RecordSinks sinks{[](const xml::Document&, std::string_view) {},
                            [&](std::string_view, const Error& error, const std::string& path) {
                                told += path + "|" + error.text.substr(0, 37) + "\n";
                            }};
    BOOST_TEST(read_records(bytes_source(text), {}, {}, sinks).ok());
    BOOST_TEST(told ==
               "b/c|element [1], which begins at byte 9, \n"
               "[2]|element [2], which begins at byte 24,\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::json
