#pragma once
// What a mapping file says of a table: <record format="table" …>. Plain data; any thread.

#include <map>
#include <string>
#include <vector>

#include "gateway/text/table_reader.h"

namespace recall::mapping {

enum class HeaderRow { no, yes, if_there };

struct TableForm {
    text::TableDialect dialect;
    HeaderRow header = HeaderRow::no;
    std::vector<std::string> columns;  // by position; empty: named by the header row
    // A row of exactly so many cells has these columns instead, as in another layout.
    std::map<std::size_t, std::vector<std::string>> layouts;
    // A row may have so many cells. The last columns may be missing, as in an older layout; cells
    // past the last column named are "column-N", which nobody maps, so that they are reported.
    std::size_t cells_min = 0;
    std::size_t cells_max = 0;
};

// Rows (or objects) of one record: those with the same text under one of the names in `by`, the
// first that is there. Elements in `rows` stand in one <row> for each combination that differs; all
// others stand at the record, each value once.
struct Grouping {
    std::vector<std::string> by;
    std::vector<std::string> rows;
};

}  // namespace recall::mapping
