// HTTP in both directions: how the bytes are cut into pieces must not change what is read.

#include <algorithm>

#include "gateway/http/request_reader.h"
#include "gateway/net/dechunker.h"
#include "gateway/net/reply_head.h"
#include "tests/fuzz/target.h"

namespace recall::fuzz {
namespace {

constexpr std::size_t requests_max = 16;  // on one connection
constexpr std::uint64_t chunk_bytes_max = 1U << 20U;

class TextWire : public http::Wire {
  public:
    TextWire(std::string_view bytes, std::size_t piece) : bytes_(bytes), piece_(piece) {}

    std::size_t read(char* into, std::size_t room) override {
        const std::size_t count = std::min({room, piece_, bytes_.size()});
        std::copy_n(bytes_.data(), count, into);
        bytes_.remove_prefix(count);
        return count;
    }
    void write(std::string_view) override {}

  private:
    std::string_view bytes_;
    std::size_t piece_;
};

// All that was read, as a text to compare.
std::string requests(std::string_view bytes, std::size_t piece, bool& is_taken) {
    TextWire wire(bytes, piece);
    http::RequestReader reader(wire, {.body_bytes_max = 1U << 20U});
    std::string seen;
    for (std::size_t count = 0; count < requests_max; ++count) {
        const auto request = reader.read();
        if (!request) {
            is_taken = reader.at_end();
            return seen + "!" + std::string(spelling(request.error().code));
        }
        seen += request->method + " " + request->target + "\n";
        for (const auto& [name, value] : request->headers)
            seen += name + "=" + value + "\n";
        seen += request->body + "\n";
    }
    return seen;
}

bool read_requests(std::string_view bytes) {
    bool is_taken = false;
    const std::string whole = requests(bytes, bytes.size() + 1, is_taken);
    bool is_taken_in_pieces = false;
    promise(whole == requests(bytes, 1, is_taken_in_pieces), "pieces change a request");
    return is_taken;
}

Result<std::string> dechunk(std::string_view bytes, std::size_t piece, bool& is_done) {
    net::Dechunker dechunker(chunk_bytes_max);
    std::string body;
    while (!bytes.empty()) {
        const auto fed = dechunker.feed(bytes.substr(0, piece), [&](std::string_view content) {
            body += content;
            return Result<void>();
        });
        if (!fed) return fed.error();
        bytes.remove_prefix(std::min(piece, bytes.size()));
    }
    is_done = dechunker.is_done();
    return body;
}

bool read_reply(std::string_view bytes) {
    const auto end = net::reply_head_end(bytes);
    if (!end) return false;
    promise(*end <= bytes.size(), "a head ends after the bytes");
    std::string_view head = bytes.substr(0, *end);
    while (head.ends_with('\n') || head.ends_with('\r'))
        head.remove_suffix(1);
    const auto parsed = net::parse_reply_head(head);
    if (!parsed) return false;
    if (parsed->framing != net::Framing::chunked) return true;
    promise(parsed->count("content-length") == 0, "a length beside chunks is taken");
    bool whole_done = false;
    bool pieces_done = false;
    const auto whole = dechunk(bytes.substr(*end), bytes.size(), whole_done);
    const auto pieces = dechunk(bytes.substr(*end), 1, pieces_done);
    promise(whole.ok() == pieces.ok() && whole_done == pieces_done, "pieces change a body's end");
    promise(!whole || *whole == *pieces, "pieces change a body");
    return whole.ok() && whole_done;
}

}  // namespace

Target http_request_target() {
    const auto seeds = [] {
        return std::vector<std::string>{
            "GET /api/v1/notices?limit=20&q=%E7%8E%A9 HTTP/1.1\r\nHost: a.example\r\n"
            "Authorization: Bearer k\r\n\r\n",
            "POST /api/v1/check HTTP/1.1\r\nHost: a.example\r\nContent-Length: 13\r\n\r\n"
            "{\"title\":\"x\"}GET / HTTP/1.1\r\nHost: a.example\r\n\r\n",
            "POST /x HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n"
            "4\r\nabcd\r\n0\r\n\r\n"};
    };
    return {"http_request", read_requests, seeds};
}

Target http_reply_target() {
    const auto seeds = [] {
        return std::vector<std::string>{
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
            "ETag: \"a\"\r\n\r\n{}",
            "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nX: y\r\n"
            "\r\n",
            "HTTP/1.0 429 Too Many Requests\r\nRetry-After: 120\r\n\r\n"};
    };
    return {"http_reply", read_reply, seeds};
}

}  // namespace recall::fuzz
