#pragma once
// Reads a table row by row from a stream, in the two dialects that sources write: quoted (RFC 4180:
// doubled quotes, separators and line breaks inside quotes) and bare, where a quote is a character
// like any other. Rows end in LF or CRLF; empty lines and a byte order mark are passed over.
// Memory holds one row. A row that breaks the rules or a limit has an error; reading goes on with
// the next line. Bytes are handed out as they came: see Decoder. One thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/byte_source.h"
#include "gateway/base/result.h"

namespace recall::text {

enum class Quoting { quoted, bare };

struct TableDialect {
    char separator = ',';
    Quoting quoting = Quoting::quoted;
};

struct TableLimits {
    std::size_t row_bytes_max = 1U << 20U;
    std::size_t cells_max = 1'000;
};

class TableReader {
  public:
    explicit TableReader(ByteSource source, TableDialect dialect = {}, TableLimits limits = {});

    // Goes to the next row; false at the end.
    bool next();

    // Of the row: why it is none (bad_csv or limit); the line it begins on, from 1; its bytes as
    // far as they were kept; its cells, unquoted. Valid until the next call of next().
    const std::optional<Error>& error() const { return error_; }
    long line() const { return row_line_; }
    std::string_view bytes() const { return row_; }
    const std::vector<std::string_view>& cells() const { return cells_; }

  private:
    static constexpr int end = -1;

    bool fill();
    int peek() { return at_ < size_ || fill() ? static_cast<unsigned char>(buffer_[at_]) : end; }
    int take();
    void skip_mark();
    void read_bare();
    void read_quoted();
    void split_bare();
    void refuse(ErrorCode code, const char* why, int last);

    ByteSource source_;
    TableDialect dialect_;
    TableLimits limits_;
    std::vector<char> buffer_;
    std::size_t at_ = 0;
    std::size_t size_ = 0;
    bool is_first_ = true;
    long line_ = 1;
    long row_line_ = 1;
    std::string row_;
    std::string text_;                 // of quoted cells, without their quotes
    std::vector<std::size_t> bounds_;  // where each cell begins in text_, and the end
    std::vector<std::string_view> cells_;
    std::optional<Error> error_;
};

}  // namespace recall::text
