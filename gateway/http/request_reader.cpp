#include "gateway/http/request_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace recall::http {
namespace {

constexpr std::size_t read_bytes = 16U << 10U;
constexpr std::array<std::string_view, 7> methods = {"GET",   "HEAD",   "POST",   "PUT",
                                                     "PATCH", "DELETE", "OPTIONS"};

Error refused(std::string text) { return {ErrorCode::usage, std::move(text)}; }
Error too_large(std::size_t bytes_max) {
    return {ErrorCode::too_large,
            "the body is over the limit of " + std::to_string(bytes_max) + " bytes"};
}
Error ended_early() { return {ErrorCode::truncated, "the request ended before it was whole"}; }

// RFC 9110 §5.6.2.
bool is_token(std::string_view text) {
    constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::ranges::all_of(text, [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               others.find(c) != std::string_view::npos;
    });
}

// RFC 9110 §5.5: visible characters, blank, tab and bytes above 0x7F.
bool is_field_value(std::string_view text) {
    return std::ranges::all_of(
        text, [](unsigned char c) { return c == '\t' || (c >= 0x20 && c != 0x7F); });
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string_view> values_of(const Request& request, std::string_view name) {
    std::vector<std::string_view> out;
    for (const auto& [key, value] : request.headers) {
        if (equal_ignoring_case(key, name)) out.push_back(value);
    }
    return out;
}

// A form value: '+' is a blank, then percent escapes.
bool decode_query_text(std::string_view text, std::string& out) {
    std::string blanks(text);
    std::ranges::replace(blanks, '+', ' ');
    return percent_decode(blanks, out);
}

Result<void> split_target(Request& request) {
    const std::string& target = request.target;
    const bool plain =
        std::ranges::all_of(target, [](unsigned char c) { return c > 0x20 && c < 0x7F; });
    if (!target.starts_with('/') || !plain || target.find('#') != std::string::npos) {
        return refused("the request target must be a path that starts with /");
    }
    const std::size_t mark = target.find('?');
    request.path = target.substr(0, mark);
    std::string_view rest =
        mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
    while (!rest.empty()) {
        const std::size_t end = rest.find('&');
        const std::string_view pair = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        if (pair.empty()) continue;
        const std::size_t equals = pair.find('=');
        std::string name;
        std::string value;
        if (!decode_query_text(pair.substr(0, equals), name) ||
            (equals != std::string_view::npos &&
             !decode_query_text(pair.substr(equals + 1), value))) {
            return refused("the query holds a broken % escape");
        }
        request.query[name].push_back(value);
    }
    return {};
}

Result<void> read_request_line(Request& request, std::string_view line, bool& is_http_1_1) {
    const std::size_t first = line.find(' ');
    const std::size_t second = first == std::string_view::npos ? first : line.find(' ', first + 1);
    if (second == std::string_view::npos)
        return refused("the request line is not METHOD TARGET HTTP/1.1");
    request.method = std::string(line.substr(0, first));
    request.target = std::string(line.substr(first + 1, second - first - 1));
    const std::string_view version = line.substr(second + 1);
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return refused("only HTTP/1.1 and HTTP/1.0 are spoken");
    is_http_1_1 = version == "HTTP/1.1";
    if (std::ranges::find(methods, request.method) == methods.end()) {
        return Error{ErrorCode::unsupported, "the method is not one we know"};
    }
    return split_target(request);
}

Result<void> check_connection(Request& request, bool is_http_1_1) {
    const auto hosts = values_of(request, "Host");
    // RFC 9112 §3.2: none or several is 400.
    if ((is_http_1_1 && hosts.size() != 1) || hosts.size() > 1) {
        return refused("a request must carry exactly one Host header");
    }
    request.keep_alive = is_http_1_1;
    for (const std::string_view value : values_of(request, "Connection")) {
        if (equal_ignoring_case(trimmed(value), "close")) request.keep_alive = false;
    }
    return {};
}

}  // namespace

bool RequestReader::fill() {
    if (ended_) return false;
    drop_what_was_read();
    const std::size_t before = buffer_.size();
    buffer_.resize(before + read_bytes);
    const std::size_t got = wire_.read(buffer_.data() + before, read_bytes);
    buffer_.resize(before + got);
    ended_ = got == 0;
    return got > 0;
}

bool RequestReader::fill_here() {
    if (ended_) return true;
    drop_what_was_read();
    const std::size_t before = buffer_.size();
    buffer_.resize(before + read_bytes);
    const auto got = wire_.read_here(buffer_.data() + before, read_bytes);
    buffer_.resize(before + got.value_or(0));
    ended_ = got && *got == 0;
    return got.has_value();
}

void RequestReader::drop_what_was_read() {
    buffer_.erase(0, position_);
    searched_ -= std::min(searched_, position_);
    position_ = 0;
}

bool RequestReader::arrived() {
    do {
        if (!head_ && head_arrived()) head_ = take_head();
        const bool can_answer =
            head_ && (!*head_ || framing_.is_expected || framing_.is_chunked ||
                      framing_.count > limits_.small_body_bytes || body_arrived());
        if (can_answer || ended_) return true;
    } while (fill_here());
    return false;
}

bool RequestReader::body_arrived() const {
    return !framing_.is_chunked && framing_.count <= buffer_.size() - position_;
}

// A blank line has come, or a line feed without its carriage return, or too much.
bool RequestReader::head_arrived() {
    searched_ = std::max(searched_, position_);
    for (;;) {
        const std::size_t feed = buffer_.find('\n', searched_);
        if (feed == std::string::npos) {
            return buffer_.size() - position_ > limits_.head_bytes_max;
        }
        const std::string_view line = std::string_view(buffer_).substr(searched_, feed - searched_);
        if (!line.ends_with('\r') || line == "\r") return true;
        searched_ = feed + 1;
    }
}

// A line without its CRLF. A line feed alone is refused: proxies disagree about it.
Result<std::string> RequestReader::line(std::size_t bytes_max, ErrorCode over) {
    std::size_t searched = 0;
    for (;;) {
        const std::string_view here = std::string_view(buffer_).substr(position_);
        const std::size_t feed = here.find('\n', searched);
        if ((feed == std::string_view::npos ? here.size() : feed) > bytes_max) {
            return Error{over, "a line or the whole head is over its limit"};
        }
        if (feed != std::string_view::npos) {
            if (feed == 0 || here[feed - 1] != '\r') return refused("a line does not end in CR LF");
            std::string out(here.substr(0, feed - 1));
            position_ += feed + 1;
            return out;
        }
        searched = here.size();
        if (!fill()) return ended_early();
    }
}

Result<Request> RequestReader::read() {
    Result<Request> request = read_head();
    if (!request) return request;
    if (Result<void> body = read_body(*request, limits_.body_bytes_max); !body) return body.error();
    return request;
}

Result<Request> RequestReader::read_head() {
    if (!head_) return take_head();
    Result<Request> head = *std::move(head_);
    head_.reset();
    return head;
}

Result<Request> RequestReader::take_head() {
    Request request;
    framing_ = {};
    if (Result<void> head = read_headers(request); !head) return head.error();
    const Result<Framing> framing = framing_of(request);
    if (!framing) return framing.error();
    framing_ = *framing;
    return request;
}

Result<void> RequestReader::read_headers(Request& request) {
    std::size_t room = limits_.head_bytes_max;
    bool is_http_1_1 = false;
    const Result<std::string> first = line(room, ErrorCode::headers_too_large);
    if (!first) return first.error();
    between_ = false;
    if (Result<void> done = read_request_line(request, *first, is_http_1_1); !done) return done;
    room -= std::min(room, first->size());
    for (;;) {
        const Result<std::string> next = line(room, ErrorCode::headers_too_large);
        if (!next) return next.error();
        if (next->empty()) break;
        room -= std::min(room, next->size());
        if (request.headers.size() == limits_.headers_max) {
            return Error{ErrorCode::headers_too_large, "there are more than 100 headers"};
        }
        const std::size_t colon = next->find(':');
        const std::string_view name = std::string_view(*next).substr(0, colon);
        if (colon == std::string::npos || !is_token(name)) {
            return refused("a header line is not NAME: VALUE");
        }
        const std::string_view value = trimmed(std::string_view(*next).substr(colon + 1));
        if (!is_field_value(value)) return refused("a header value holds control characters");
        request.headers.emplace_back(name, value);
    }
    if (!is_http_1_1 && !values_of(request, "Transfer-Encoding").empty()) {
        return refused("HTTP/1.0 has no Transfer-Encoding");
    }
    return check_connection(request, is_http_1_1);
}

Result<RequestReader::Framing> RequestReader::framing_of(const Request& request) {
    const auto lengths = values_of(request, "Content-Length");
    const auto codings = values_of(request, "Transfer-Encoding");
    if (!lengths.empty() && !codings.empty()) {
        return refused("Content-Length and Transfer-Encoding exclude each other");
    }
    if (codings.size() > 1) return refused("Transfer-Encoding stands twice");
    if (!codings.empty() && !equal_ignoring_case(codings.front(), "chunked")) {
        return Error{ErrorCode::unsupported, "the only transfer coding taken is chunked"};
    }
    if (lengths.size() > 1) return refused("Content-Length stands twice");
    Framing framing;
    framing.is_chunked = !codings.empty();
    framing.is_expected = equal_ignoring_case(request.header("Expect"), "100-continue");
    if (lengths.empty()) return framing;
    const std::string_view text = lengths.front();
    const bool digits =
        !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (!digits) return refused("Content-Length is not a plain number");
    const auto status = std::from_chars(text.data(), text.data() + text.size(), framing.count).ec;
    // More than can be counted is more than any limit.
    if (status != std::errc()) framing.count = std::numeric_limits<std::size_t>::max();
    return framing;
}

Result<void> RequestReader::read_body(Request& request, std::size_t bytes_max) {
    if (framing_.count > bytes_max) return too_large(bytes_max);
    if (framing_.is_expected && !buffered() && (framing_.count > 0 || framing_.is_chunked)) {
        wire_.write("HTTP/1.1 100 Continue\r\n\r\n");
    }
    Result<void> body = framing_.is_chunked ? read_chunks(request.body, bytes_max)
                                            : read_counted(request.body, framing_.count);
    if (!body) return body;
    between_ = true;
    framing_ = {};
    return {};
}

Result<void> RequestReader::read_counted(std::string& body, std::size_t count) {
    while (count > 0) {
        if (!buffered() && !fill()) return ended_early();
        const std::size_t take = std::min(count, buffer_.size() - position_);
        body.append(buffer_, position_, take);
        position_ += take;
        count -= take;
    }
    return {};
}

// RFC 9112 §7.1. Extensions and trailers are read over.
Result<void> RequestReader::read_chunks(std::string& body, std::size_t bytes_max) {
    for (;;) {
        const Result<std::string> head = line(limits_.chunk_line_bytes_max, ErrorCode::usage);
        if (!head) return head.error();
        const std::string_view digits = trimmed(std::string_view(*head).substr(0, head->find(';')));
        std::size_t size = 0;
        const auto [end, status] =
            std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
        if (digits.empty() || status != std::errc() || end != digits.data() + digits.size()) {
            return refused("a chunk does not start with its size");
        }
        if (size == 0) break;
        if (size > bytes_max - body.size()) return too_large(bytes_max);
        if (Result<void> chunk = read_counted(body, size); !chunk) return chunk;
        const Result<std::string> close = line(limits_.chunk_line_bytes_max, ErrorCode::usage);
        if (!close) return close.error();
        if (!close->empty()) return refused("a chunk is longer than its size");
    }
    for (std::size_t trailers = 0; trailers <= limits_.headers_max; ++trailers) {
        const Result<std::string> trailer =
            line(limits_.head_bytes_max, ErrorCode::headers_too_large);
        if (!trailer) return trailer.error();
        if (trailer->empty()) return {};
    }
    return Error{ErrorCode::headers_too_large, "there are too many trailers"};
}

}  // namespace recall::http
