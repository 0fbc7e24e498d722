// Strict JSON into the record tree.
#include <boost/test/unit_test.hpp>

#include "gateway/json/parse.h"
#include "gateway/json/writer.h"

namespace recall::json {

BOOST_AUTO_TEST_SUITE(parsing)

BOOST_AUTO_TEST_CASE(members_become_elements_and_arrays_repeat_theirs) {
    struct Row {
        const char* json;
        const char* tree;
    };
    const Row rows[] = {
        {R"({"a":1,"b":[1,2.50e3],"c":null,"d":true})",
         "<record><a>1</a><b>1</b><b>2.50e3</b><c/><d>true</d></record>"},
        {R"({"x y":"é\u00e9\ud83e\uddf8"})", "<record><x_y>éé🧸</x_y></record>"},
        {R"({"e":{},"f":[],"g":[[1],[2]]})",
         "<record><e/><g><item>1</item></g><g><item>2</item></g></record>"},
        {R"([{"a":"<&>"},[]])", "<record><item><a>&lt;&amp;&gt;</a></item><item/></record>"},
    };
    for (const Row& row : rows) {
        const Result<xml::Document> tree = parse(row.json);
        BOOST_REQUIRE_MESSAGE(tree.ok(), row.json);
        BOOST_TEST(xml::to_text(tree->root()) == row.tree);
    }
}

BOOST_AUTO_TEST_CASE(what_is_not_strict_json_is_refused_with_its_code) {
    struct Row {
        std::string json;
        ErrorCode code;
    };
    const Row rows[] = {
        {"", ErrorCode::bad_json},
        {"{", ErrorCode::bad_json},
        {"7", ErrorCode::bad_json},
        {R"({"a":1} x)", ErrorCode::bad_json},
        {R"({"a":1}})", ErrorCode::bad_json},
        {R"({"a":1,})", ErrorCode::bad_json},
        {R"({"a":[1,]})", ErrorCode::bad_json},
        {R"([1 2])", ErrorCode::bad_json},
        {R"({"a":01})", ErrorCode::bad_json},
        {R"({"a":+1})", ErrorCode::bad_json},
        {R"({"a":1.})", ErrorCode::bad_json},
        {R"({"a":NaN})", ErrorCode::bad_json},
        {R"({"a":nul})", ErrorCode::bad_json},
        {"{\"a\":\"\x01\"}", ErrorCode::bad_json},
        {"\xEF\xBB\xBF{}", ErrorCode::bad_json},
        {R"({"a":1,"a":2})", ErrorCode::duplicate_key},
        {R"({"a":1,"\u0061":2})", ErrorCode::duplicate_key},
        {R"({"a":"\ud800"})", ErrorCode::bad_encoding},
        {"{\"a\":\"\xff\"}", ErrorCode::bad_encoding},
        {R"({"a":"\u0000"})", ErrorCode::bad_encoding},
        {std::string(100'000, '['), ErrorCode::limit},
        {R"({"a":")" + std::string(9U << 20U, 'x') + R"("})", ErrorCode::limit},
    };
    for (const Row& row : rows) {
        const Result<xml::Document> tree = parse(row.json);
        BOOST_REQUIRE_MESSAGE(!tree.ok(), row.json.substr(0, 60));
        BOOST_CHECK_MESSAGE(tree.error().code == row.code,
                            row.json.substr(0, 60) + " gave " + tree.error().line().substr(0, 200));
    }
}

BOOST_AUTO_TEST_CASE(a_duplicate_is_found_in_an_object_of_many_members) {
    std::string json = "{";
    for (int i = 0; i < 100; ++i)
        json += "\"m" + std::to_string(i) + "\":1,";
    BOOST_TEST(parse(json + "\"last\":1}").ok());
    BOOST_CHECK(parse(json + "\"m3\":1}").error().code == ErrorCode::duplicate_key);
    BOOST_CHECK(parse(json + "\"m99\":1}").error().code == ErrorCode::duplicate_key);
}

BOOST_AUTO_TEST_CASE(the_writer_escapes_what_json_must_not_hold_raw) {
    BOOST_TEST(quoted("a\"\\\n\r\t\x01玩") == R"("a\"\\\n\r\t\u0001玩")");
    Writer out;
    out.begin_object().member("a", 1LL).key("b").begin_array().number(0.5).null().end_array();
    out.member("c", true).end_object();
    BOOST_TEST(out.text() == R"({"a":1,"b":[0.5,null],"c":true})");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::json
