#pragma once
// The rows of a table as named cells: header, width and encoding judged row by row. Cells without
// text are left out. Memory holds one row.
// One thread.

#include <functional>
#include <span>
#include <string_view>

#include "gateway/base/byte_source.h"
#include "gateway/base/result.h"
#include "gateway/mapping/mapping_file.h"

namespace recall::mapping {

struct Cell {
    std::string_view name;
    std::string_view text;
    std::size_t column = 0;  // the same for every cell of that name in a table's form
};

struct RowSinks {
    // The row's cells and its bytes, valid during the call.
    std::function<void(std::span<const Cell>, std::string_view)> row;
    // A row that is none; the error names its line.
    std::function<void(std::string_view, const Error&)> refused;
};

// Fails with wrong_document when the header row is not the one that the form tells of.
Result<void> read_table(const ByteSource& source, const RecordForm& form, const RowSinks& sinks);

// Whether a table that begins so has the form's width, or its header.
bool fits_table(const RecordForm& form, std::string_view head);

}  // namespace recall::mapping
