#include "gateway/net/inflater.h"

#include <zlib.h>

#include <array>
#include <string>

#include "gateway/base/check.h"
#include "gateway/net/reply_head.h"

namespace recall::net {
namespace {

constexpr int window_bits_gzip = 15 + 16;
constexpr int window_bits_zlib = 15;
constexpr int window_bits_raw = -15;
constexpr unsigned char gzip_first_byte = 0x1F;

// "deflate" means a zlib stream, but some servers send a raw one: the first two bytes tell.
bool is_zlib_header(std::string_view bytes) {
    const auto first = static_cast<unsigned char>(bytes[0]);
    const auto second = static_cast<unsigned char>(bytes[1]);
    return (first & 0x0FU) == Z_DEFLATED && (first * 256U + second) % 31 == 0;
}

}  // namespace

Result<Coding> coding_of(std::string_view content_encoding) {
    const std::string coding = lower_ascii(content_encoding);
    if (coding.empty() || coding == "identity") return Coding::identity;
    if (coding == "gzip" || coding == "x-gzip") return Coding::gzip;
    if (coding == "deflate") return Coding::deflate;
    return Error{ErrorCode::wrong_document,
                 "Content-Encoding \"" + coding + "\" was not asked for"};
}

struct Inflater::State {
    Coding coding;
    z_stream stream{};
    bool is_begun = false;
    bool is_at_end = false;  // of a member; another may follow in gzip
    std::string held_back;   // until the kind of a "deflate" is known
    std::uint64_t bytes_in = 0;
    std::uint64_t bytes_out = 0;

    void begin(int window_bits);
    Result<void> inflate_some(std::string_view bytes, const ByteSink& sink);
    Result<void> inflate_step(const ByteSink& sink);
};

Inflater::Inflater(Coding coding) : state_(std::make_unique<State>()) {
    RECALL_CHECK(coding != Coding::identity, "there is nothing to inflate");
    state_->coding = coding;
    if (coding == Coding::gzip) state_->begin(window_bits_gzip);
}

Inflater::~Inflater() {
    if (state_->is_begun) inflateEnd(&state_->stream);
}

void Inflater::State::begin(int window_bits) {
    const int done = inflateInit2(&stream, window_bits);
    RECALL_CHECK(done == Z_OK, "zlib only needs memory to begin");
    is_begun = true;
}

Result<void> Inflater::State::inflate_step(const ByteSink& sink) {
    std::array<unsigned char, 64U << 10U> out;
    stream.next_out = out.data();
    stream.avail_out = static_cast<uInt>(out.size());
    const int done = inflate(&stream, Z_NO_FLUSH);
    if (done != Z_OK && done != Z_STREAM_END && done != Z_BUF_ERROR) {
        return Error{ErrorCode::wrong_document, "the compressed body is damaged"};
    }
    is_at_end = done == Z_STREAM_END;
    const std::size_t count = out.size() - stream.avail_out;
    bytes_out += count;
    if (bytes_out > inflate_ratio_free_bytes && bytes_out / inflate_ratio_max > bytes_in) {
        return Error{ErrorCode::too_large, "the body grows more than " +
                                               std::to_string(inflate_ratio_max) +
                                               " times when it is decompressed"};
    }
    return sink({reinterpret_cast<const char*>(out.data()), count});
}

Result<void> Inflater::State::inflate_some(std::string_view bytes, const ByteSink& sink) {
    bytes_in += bytes.size();
    // zlib does not write through next_in; its type is older than const.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    bool may_hold_output = true;
    while (stream.avail_in > 0 || may_hold_output) {
        if (is_at_end) {
            if (stream.avail_in == 0) return {};
            if (coding != Coding::gzip || *stream.next_in != gzip_first_byte) {
                return Error{ErrorCode::wrong_document, "bytes follow the compressed body"};
            }
            inflateReset(&stream);  // RFC 1952 §2.2: members follow each other
        }
        if (auto step = inflate_step(sink); !step) return step.error();
        may_hold_output = stream.avail_out == 0;
    }
    return {};
}

Result<void> Inflater::feed(std::string_view bytes, const ByteSink& sink) {
    if (state_->is_begun) return state_->inflate_some(bytes, sink);
    state_->held_back += bytes;
    if (state_->held_back.size() < 2) return {};
    state_->begin(is_zlib_header(state_->held_back) ? window_bits_zlib : window_bits_raw);
    return state_->inflate_some(state_->held_back, sink);
}

Result<void> Inflater::finish() const {
    if (state_->is_at_end) return {};
    return Error{ErrorCode::truncated, "the compressed body ends early"};
}

}  // namespace recall::net
