#include "gateway/net/dechunker.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "gateway/net/reply_head.h"

namespace recall::net {
namespace {
constexpr std::size_t size_line_bytes_max = 4096;
}  // namespace

// True when line_ is a whole line, without its end.
Result<bool> Dechunker::take_line(std::string_view& bytes) {
    const std::size_t end = bytes.find('\n');
    const bool is_whole = end != std::string_view::npos;
    const std::string_view taken = bytes.substr(0, is_whole ? end + 1 : bytes.size());
    line_ += taken;
    bytes.remove_prefix(taken.size());
    if (line_.size() > size_line_bytes_max) return not_http("a chunk's line is too long");
    if (!is_whole) return false;
    if (!line_.ends_with("\r\n")) return not_http("a chunk's line ends without CR");
    line_.resize(line_.size() - 2);
    return true;
}

Result<void> Dechunker::read_size(std::string_view line) {
    const char* const end = line.data() + line.size();
    const auto [read, error] = std::from_chars(line.data(), end, left_, 16);
    if (error == std::errc::result_out_of_range) return not_http("a chunk's size overflows");
    const bool is_whole = read == end || *read == ';' || *read == ' ' || *read == '\t';
    if (error != std::errc() || !is_whole) return not_http("a chunk's size");
    if (left_ > bytes_max_) {
        return Error{ErrorCode::too_large, "a chunk has " + std::to_string(left_) + " bytes"};
    }
    state_ = left_ == 0 ? State::trailer : State::content;
    return {};
}

Result<void> Dechunker::feed(std::string_view bytes, const ByteSink& sink) {
    while (!bytes.empty()) {
        if (state_ == State::done) return not_http("bytes after the last chunk");
        if (state_ == State::content) {
            const std::string_view part = bytes.substr(0, left_);
            if (auto taken = sink(part); !taken) return taken.error();
            bytes.remove_prefix(part.size());
            left_ -= part.size();
            if (left_ == 0) state_ = State::content_end;
            continue;
        }
        const Result<bool> is_whole = take_line(bytes);
        if (!is_whole) return is_whole.error();
        if (!*is_whole) return {};
        const std::string line = std::exchange(line_, {});
        if (state_ == State::size_line) {
            if (auto read = read_size(line); !read) return read.error();
        } else if (state_ == State::content_end) {
            if (!line.empty()) return not_http("a chunk is longer than its size");
            state_ = State::size_line;
        } else {
            trailer_bytes_ += line.size();
            if (trailer_bytes_ > reply_head_bytes_max) return not_http("trailer too long");
            if (line.empty()) state_ = State::done;
        }
    }
    return {};
}

}  // namespace recall::net
