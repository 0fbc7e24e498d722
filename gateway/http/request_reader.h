#pragma once
// Reads HTTP/1.1 requests off a connection, strictly (RFC 9112). We read them ourselves, because
// POCO's reader lets through what makes request smuggling possible: Content-Length beside
// Transfer-Encoding, repeated or signed lengths, bodies that end early, bare line feeds. One
// connection, one thread. After an error the connection must be closed.

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
    virtual void write(std::string_view bytes) = 0;
};

struct RequestLimits {
    std::size_t head_bytes_max = 32U << 10U;  // request line and headers
    std::size_t headers_max = 100;
    std::size_t body_bytes_max = 16U << 20U;
    std::size_t chunk_line_bytes_max = 256;
};

class RequestReader {
  public:
    RequestReader(Wire& wire, const RequestLimits& limits) : wire_(wire), limits_(limits) {}

    // The next request, whole. Fails with truncated when the other side ended (at_end() then says
    // whether it did so between two requests), with too_large, headers_too_large, unsupported or
    // usage when the bytes are not a request that we take.
    Result<Request> read();
    // Whether bytes of a further request are here already.
    bool buffered() const { return position_ < buffer_.size(); }
    bool at_end() const { return ended_ && between_ && !buffered(); }

  private:
    bool fill();
    Result<std::string> line(std::size_t bytes_max, ErrorCode over);
    Result<void> read_head(Request& request);
    Result<void> read_body(Request& request);
    Result<void> read_counted(std::string& body, std::size_t count);
    Result<void> read_chunks(std::string& body);

    Wire& wire_;
    RequestLimits limits_;
    std::string buffer_;
    std::size_t position_ = 0;
    bool ended_ = false;
    bool between_ = true;  // nothing of a further request was taken yet
};

}  // namespace recall::http
