#pragma once
// Rows of a table for one chain of converters: what goes in, and the values that come out.

#include <boost/test/unit_test.hpp>

#include <string>

#include "gateway/mapping/converter.h"

namespace recall::mapping {

struct Row {
    const char* in;
    const char* out;  // values joined by '|'
};

inline const CodeTables& tables() {
    static const auto loaded =
        CodeTables::load(std::string(RECALLGW_SOURCE_DIR) + "/mappings/codes");
    BOOST_REQUIRE(loaded.ok());
    return *loaded;
}

inline std::string converted(const char* as, const char* in, std::size_t& problems) {
    const auto pipeline = Pipeline::compile(as, tables());
    BOOST_REQUIRE_MESSAGE(pipeline.ok(), (pipeline.ok() ? std::string() : pipeline.error().text));
    Values values = {in};
    std::vector<Problem> told;
    pipeline->run(values, told);
    problems = told.size();
    std::string out;
    for (const std::string& value : values)
        out += (out.empty() ? "" : "|") + value;
    return out;
}

template <std::size_t size>
void check(const char* as, const Row (&rows)[size]) {
    for (const Row& row : rows) {
        BOOST_TEST_CONTEXT(as << " of " << std::string(row.in).substr(0, 120)) {
            std::size_t problems = 0;
            BOOST_TEST(converted(as, row.in, problems) == row.out);
        }
    }
}

}  // namespace recall::mapping
