#pragma once
// Takes the compression off a body that comes in pieces (RFC 9110 §8.4.1), and refuses what grows
// too much. One thread. Fails with truncated when the stream was cut, too_large for a bomb,
// wrong_document for anything else that is not one whole stream.

#include <cstdint>
#include <memory>
#include <string_view>

#include "gateway/net/dechunker.h"

namespace recall::net {

// A feed of repetitive XML shrinks to a thirtieth; a bomb to a thousandth. Small bodies may do as
// they like: they cannot hurt.
inline constexpr std::uint64_t inflate_ratio_max = 200;
inline constexpr std::uint64_t inflate_ratio_free_bytes = 1U << 20U;

enum class Coding { identity, gzip, deflate };

// Of a Content-Encoding header; fails with wrong_document for one we did not ask for.
Result<Coding> coding_of(std::string_view content_encoding);

class Inflater {
  public:
    explicit Inflater(Coding coding);
    ~Inflater();
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    Result<void> feed(std::string_view bytes, const ByteSink& sink);
    // Nothing more comes.
    Result<void> finish() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace recall::net
