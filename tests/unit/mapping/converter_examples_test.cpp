// The examples of docs/converters.md: each converter has one, and each comes out as it says.

#include "gateway/mapping/converter_examples.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "gateway/mapping/converter.h"

namespace recall::mapping {
namespace {

Values values_of(std::string_view text) {
    Values out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(example_mark, at), text.size());
        out.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(converter_examples_page)

BOOST_AUTO_TEST_CASE(every_example_comes_out_as_it_says) {
    const auto tables = CodeTables::load(std::string(RECALLGW_SOURCE_DIR) + "/mappings/codes");
    BOOST_REQUIRE(tables.ok());
    for (const ConverterExample& example : converter_examples()) {
        BOOST_TEST_CONTEXT(example.as) {
            const auto pipeline = Pipeline::compile(example.as, *tables);
            BOOST_REQUIRE_MESSAGE(pipeline.ok(),
                                  (pipeline.ok() ? std::string() : pipeline.error().text));
            Values values = values_of(example.in);
            std::vector<Problem> problems;
            pipeline->run(values, problems);
            BOOST_TEST(values == values_of(example.out), boost::test_tools::per_element());
            BOOST_TEST(problems.empty());
            BOOST_TEST(example.as.find(example.converter) != std::string_view::npos);
        }
    }
}

BOOST_AUTO_TEST_CASE(every_token_of_a_date_pattern_reads_what_it_says) {
    const auto tables = CodeTables::load(std::string(RECALLGW_SOURCE_DIR) + "/mappings/codes");
    BOOST_REQUIRE(tables.ok());
    for (const DateToken& token : date_tokens()) {
        const auto pipeline =
            Pipeline::compile("date('" + std::string(token.pattern) + "')", *tables);
        BOOST_REQUIRE_MESSAGE(pipeline.ok(),
                              (pipeline.ok() ? std::string() : pipeline.error().text));
        Values values = {std::string(token.in)};
        std::vector<Problem> problems;
        pipeline->run(values, problems);
        BOOST_TEST(values == Values{std::string(token.out)}, token.pattern << " of " << token.in);
    }
}

BOOST_AUTO_TEST_CASE(every_converter_has_an_example) {
    for (const ConverterSpec& spec : converters()) {
        BOOST_TEST(
            std::ranges::count(converter_examples(), spec.name, &ConverterExample::converter) > 0,
            spec.name);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::mapping
