#include "gateway/ops/lines.h"

#include "gateway/base/failure.h"

namespace recall::ops {

LineReader::LineReader(const std::string& path, std::size_t line_bytes_max)
    : path_(path), in_(path, std::ios::binary), line_bytes_max_(line_bytes_max) {
    if (!in_) throw Failure(ErrorCode::usage, "cannot read " + path);
}

bool LineReader::next(std::string& line) {
    std::streambuf& buffer = *in_.rdbuf();
    do {
        line.clear();
        too_long_ = false;
        int c = buffer.sbumpc();
        if (c == std::char_traits<char>::eof()) return false;
        ++number_;
        for (; c != '\n' && c != std::char_traits<char>::eof(); c = buffer.sbumpc()) {
            too_long_ = too_long_ || line.size() >= line_bytes_max_;
            if (!too_long_) line += static_cast<char>(c);
        }
        if (!line.empty() && line.back() == '\r') line.pop_back();
    } while (line.empty());
    return true;
}

}  // namespace recall::ops
