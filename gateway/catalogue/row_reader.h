#pragma once
// The rows of a file of listings, one at a time, so that memory does not grow with the file: one
// JSON object a line, or comma-separated values whose first row names the members. Which of the two
// it is, the first bytes say. A row that is wrong is refused and the next one read. One thread; a
// file that breaks while it is read throws Failure(io).

#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "gateway/catalogue/judge.h"
#include "gateway/text/csv.h"

namespace recall::catalogue {

struct Row {
    long line = 0;  // on which it begins, from 1
    Judged judged;
};

class RowReader {
  public:
    // Fails with usage for a file that is neither, saying what it is; with bad_csv or schema for a
    // header row that does not name the members of a listing.
    static Result<RowReader> open(std::istream& in, Expected expected);

    std::optional<Row> next();

  private:
    RowReader(std::istream& in, Expected expected) : in_(&in), expected_(std::move(expected)) {}
    Result<void> read_header();
    std::optional<Row> next_object();
    std::optional<Row> next_record();
    bool read_line(std::string& line, bool& is_cut);

    std::istream* in_;
    Expected expected_;
    long line_ = 0;
    std::optional<text::CsvReader> csv_;
    std::vector<std::string> header_;
};

}  // namespace recall::catalogue
