#pragma once
// Reads comma-separated values (RFC 4180) row by row from a stream: quoted fields, doubled quotes,
// line breaks inside quotes, CRLF or LF, a byte order mark before the first row. One thread.
// A row that breaks the rules or a limit is an error of that row; reading goes on after it.

#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/result.h"

namespace recall::text {

struct CsvLimits {
    std::size_t row_bytes_max = 1U << 20U;
    std::size_t fields_max = 1'000;
};

class CsvReader {
  public:
    explicit CsvReader(std::istream& in, CsvLimits limits = {}) : in_(in), limits_(limits) {}

    // The next row; nothing at the end. Fails with bad_csv or limit.
    std::optional<Result<std::vector<std::string>>> next();

    // The line on which the row read last begins, from 1.
    long line() const { return row_line_; }

  private:
    int take();
    void skip_row();

    std::istream& in_;
    CsvLimits limits_;
    long line_ = 1;
    long row_line_ = 1;
    bool first_ = true;
};

}  // namespace recall::text
