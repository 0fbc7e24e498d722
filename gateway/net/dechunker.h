#pragma once
// Takes the chunks of RFC 9112 §7.1 off a body that comes in pieces. Extensions and trailers are
// skipped, everything else is as written there or refused. One thread. Fails with wrong_document,
// or too_large when one chunk alone passes the limit.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "gateway/base/result.h"

namespace recall::net {

// Takes a body's bytes; an error ends the body.
using ByteSink = std::function<Result<void>(std::string_view)>;

class Dechunker {
  public:
    explicit Dechunker(std::uint64_t bytes_max) : bytes_max_(bytes_max) {}

    // Bytes after the last chunk's end are refused.
    Result<void> feed(std::string_view bytes, const ByteSink& sink);
    bool is_done() const { return state_ == State::done; }

  private:
    enum class State { size_line, content, content_end, trailer, done };

    Result<bool> take_line(std::string_view& bytes);
    Result<void> read_size(std::string_view line);

    std::uint64_t bytes_max_;
    State state_ = State::size_line;
    std::string line_;
    std::uint64_t left_ = 0;  // of the chunk
    std::size_t trailer_bytes_ = 0;
};

}  // namespace recall::net
