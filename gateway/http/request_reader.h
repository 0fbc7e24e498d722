#pragma once
// Reads HTTP/1.1 requests off a connection, strictly (RFC 9112). We read them ourselves, because
// POCO's reader lets through what makes request smuggling possible: Content-Length beside
// Transfer-Encoding, repeated or signed lengths, bodies that end early, bare line feeds. One
// connection, one thread. After an error the connection must be closed.

#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/result.h"
#include "gateway/http/message.h"

namespace recall::http {

// Where bytes come from and an interim reply goes: a socket, or a test's text.
class Wire {
  public:
    virtual ~Wire() = default;
    // At least one byte, or 0 when the other side has ended or time is over.
    virtual std::size_t read(char* into, std::size_t room) = 0;
    // The same without waiting; nothing when no byte has come yet.
    virtual std::optional<std::size_t> read_here(char* into, std::size_t room) {
        return read(into, room);
    }
    virtual void write(std::string_view bytes) = 0;
};

struct RequestLimits {
    std::size_t head_bytes_max = 32U << 10U;  // request line and headers
    std::size_t headers_max = 100;
    std::size_t body_bytes_max = 16U << 20U;
    std::size_t chunk_line_bytes_max = 256;
    std::size_t small_body_bytes = 16U << 10U;  // arrived() waits for bodies up to this
};

class RequestReader {
  public:
    RequestReader(Wire& wire, const RequestLimits& limits) : wire_(wire), limits_(limits) {}

    // The next request, whole. Fails with truncated when the other side ended (at_end() then says
    // whether it did so between two requests), with too_large, headers_too_large, unsupported or
    // usage when the bytes are not a request that we take.
    Result<Request> read();
    // The two halves of it: the head, and then the body into the same request, at most so long.
    Result<Request> read_head();
    Result<void> read_body(Request& request, std::size_t bytes_max);
    // Takes what has come, without waiting. True when nothing more need come before read_head() can
    // say something: a whole head, with its body if that is small and its length stated; an end; or
    // bytes that no head can begin with.
    bool arrived();
    // After read_head(): whether read_body() would not wait either.
    bool body_arrived() const;
    // Whether bytes of a further request are here already.
    bool buffered() const { return position_ < buffer_.size(); }
    bool at_end() const { return ended_ && between_ && !buffered(); }

  private:
    // What the head says of the body.
    struct Framing {
        std::size_t count = 0;
        bool is_chunked = false;
        bool is_expected = false;  // Expect: 100-continue; the caller waits for our word
    };

    bool fill();
    bool fill_here();
    void drop_what_was_read();
    bool head_arrived();
    Result<std::string> line(std::size_t bytes_max, ErrorCode over);
    Result<Request> take_head();
    Result<void> read_headers(Request& request);
    static Result<Framing> framing_of(const Request& request);
    Result<void> read_counted(std::string& body, std::size_t count);
    Result<void> read_chunks(std::string& body, std::size_t bytes_max);

    Wire& wire_;
    RequestLimits limits_;
    std::string buffer_;
    std::size_t position_ = 0;
    std::size_t searched_ = 0;             // up to here no line of the head is empty or ends badly
    std::optional<Result<Request>> head_;  // read already, by arrived()
    Framing framing_;
    bool ended_ = false;
    bool between_ = true;  // nothing of a further request was taken yet
};

}  // namespace recall::http
