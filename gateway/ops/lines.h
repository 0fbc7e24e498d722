#pragma once
// Lines of NDJSON from a file, one at a time, however long a hostile one is: what passes the limit
// is read over and told as too long. One thread. A file that cannot be read throws Failure.

#include <fstream>
#include <string>

namespace recall::ops {

class LineReader {
  public:
    LineReader(const std::string& path, std::size_t line_bytes_max);

    // False at the end. Empty lines are passed over.
    bool next(std::string& line);
    // Of the line read last, from 1.
    long number() const { return number_; }
    bool was_too_long() const { return too_long_; }

  private:
    std::string path_;
    std::ifstream in_;
    std::size_t line_bytes_max_;
    long number_ = 0;
    bool too_long_ = false;
};

}  // namespace recall::ops
