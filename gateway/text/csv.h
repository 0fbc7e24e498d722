#pragma once
// Comma-separated values (RFC 4180) from a standard stream: TableReader with rows as owned texts.
// A row that breaks the rules or a limit is an error of that row; reading goes on after it. One
// thread.

#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/text/table_reader.h"

namespace recall::text {

struct CsvLimits {
    std::size_t row_bytes_max = 1U << 20U;
    std::size_t fields_max = 1'000;
};

class CsvReader {
  public:
    // The stream must outlive the reader.
    explicit CsvReader(std::istream& in, CsvLimits limits = {});

    // The next row; nothing at the end. Fails with bad_csv or limit.
    std::optional<Result<std::vector<std::string>>> next();

    // The line on which the row read last begins, from 1.
    long line() const { return reader_.line(); }

  private:
    TableReader reader_;
};

}  // namespace recall::text
