#pragma once
// Text in the encodings that tables come in, as UTF-8. Strict: a byte that means nothing in the
// encoding is an error, never a replacement character. One Decoder, one thread.

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "gateway/base/result.h"

namespace recall::text {

// Names as mapping files write them. In all of them separators, quotes and line ends are the bytes
// that they are in ASCII, so that rows can be cut before they are decoded.
std::span<const std::string_view> table_encodings();

class Decoder {
  public:
    // `encoding` is one of table_encodings(), in any case; others fail with bad_encoding.
    static Result<Decoder> open(std::string_view encoding);

    // Fails with bad_encoding.
    Result<std::string> decode(std::string_view bytes);

    Decoder(Decoder&&) noexcept;
    ~Decoder();

  private:
    struct Converter;
    explicit Decoder(std::unique_ptr<Converter> converter);
    std::unique_ptr<Converter> converter_;  // nullptr: UTF-8
};

}  // namespace recall::text
