#include "gateway/xml/tag_watch.h"

#include <boost/test/unit_test.hpp>

#include "gateway/xml/encoding.h"
#include "gateway/xml/record_reader.h"

using recall::xml::TagWatch;

namespace {

bool admits(const std::string& text, std::size_t piece) {
    TagWatch watch(2);
    for (std::size_t at = 0; at < text.size(); at += piece) {
        if (!watch.admits(std::string_view(text).substr(at, piece))) return false;
    }
    return true;
}

std::string crowded(std::size_t attributes) {
    std::string out = "<a><r><b";
    for (std::size_t i = 0; i < attributes; ++i)
        out += " a" + std::to_string(i) + "=\"1\"";
    return out + "/></r></a>";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tag_watch)

BOOST_AUTO_TEST_CASE(attributes_are_counted_in_each_tag_however_the_bytes_are_cut) {
    const struct {
        const char* text;
        bool admitted;
    } cases[] = {
        {"<a b='1' c=\"2\"><d e='3' f='4'/></a>", true},
        {"<a b='1' c='2' d='3'/>", false},
        {"<a b='>' c='\"' d='3'/>", false},
        {"<a b='1'>it's \"so\" isn't 'it'</a>", true},
        {"<!-- <a b='1' c='2' d='3'> --><a/>", true},
        {"<!-- -- ---><a b='1' c='2' d='3'/>", false},
        {"<a><![CDATA[<a b='1' c='2' d='3'>]] ]]]></a>", true},
        {"<a><![CDATA[x]]]]><b c='1' d='2' e='3'/></a>", false},
        {"<a><![CDATA[x]]><b c='1' d='2' e='3'/></a>", false},
        {"<?p b='1' c='2' d='3'?><a/>", true},
        {"<?p?><a b='1' c='2' d='3'/>", false},
        {"<!--><a b='1' c='2' d='3'/>", true},  // the comment goes on
        {"<a b='1", true},
        {"<", true},
        {"", true},
    };
    for (const auto& row : cases) {
        for (std::size_t piece = 1; piece < 14; ++piece)
            BOOST_TEST(admits(row.text, piece) == row.admitted, row.text << " by " << piece);
    }
}

BOOST_AUTO_TEST_CASE(documents_with_a_crowded_element_are_refused_before_they_cost_time) {
    const std::string few = crowded(recall::xml::attributes_max);
    const std::string many = crowded(300'000);
    BOOST_TEST(recall::xml::parse(few).ok());
    const auto parsed = recall::xml::parse(many);
    BOOST_REQUIRE(!parsed);
    BOOST_TEST((parsed.error().code == recall::ErrorCode::limit));
    const std::string path[] = {"a", "r"};
    int records = 0;
    const recall::xml::RecordSinks sinks{[&](recall::xml::Node) { ++records; },
                                         [](recall::xml::Node, const recall::Error&) {}};
    BOOST_TEST(recall::xml::read_records(recall::bytes_source(few), path, {}, sinks).ok());
    BOOST_TEST(records == 1);
    const auto read = recall::xml::read_records(recall::bytes_source(many), path, {}, sinks);
    BOOST_REQUIRE(!read);
    BOOST_TEST((read.error().code == recall::ErrorCode::limit));
}

BOOST_AUTO_TEST_CASE(only_encodings_whose_marks_are_ascii_are_read) {
    using namespace std::string_literals;
    const struct {
        std::string document;
        bool known;
    } cases[] = {
        {"<a/>", true},
        {"\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?><a/>", true},
        {"<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a/>", true},
        {"<?xml version='1.0' encoding='UTF-7'?><a/>", false},
        {"<?xml version='1.0' encoding='UTF-16'?><a/>", false},
        {"<?xml version='1.0' encoding='IBM037'?><a/>", false},
        {"\xFF\xFE<\0a\0"s, false},
        {"\0<\0a"s, false},
        {"\x4C\x6F\xA7\x94\x93", false},
    };
    for (const auto& row : cases)
        BOOST_TEST(recall::xml::check_encoding(row.document).ok() == row.known, row.document);
}

BOOST_AUTO_TEST_SUITE_END()
