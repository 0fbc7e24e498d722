#include "gateway/net/reply_head.h"

#include <algorithm>
#include <charconv>

namespace recall::net {
namespace {

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
    });
}

// RFC 9112 §4: "HTTP/1.1 200 OK"; the blank before an empty phrase is often left out.
Result<void> read_status_line(std::string_view line, ReplyHead& head) {
    const bool is_1_1 = line.starts_with("HTTP/1.1 ");
    head.is_http_1_0 = line.starts_with("HTTP/1.0 ");
    const bool is_whole = line.size() >= 12 && (line.size() == 12 || line[12] == ' ');
    if ((!is_1_1 && !head.is_http_1_0) || !is_whole || has_control(line) ||
        !std::ranges::all_of(line.substr(9, 3), is_digit)) {
        return not_http("status line");
    }
    std::from_chars(line.data() + 9, line.data() + 12, head.status);
    if (head.status < 100 || head.status > 599) return not_http("status line");
    return {};
}

// §5.1: no blank before the colon; §5.2: no folded lines.
Result<void> read_header_line(std::string_view line, ReplyHead& head) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return not_http("header line");
    Header header{lower_ascii(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1)))};
    if (!check_header(header.name, {}) || has_control(header.value)) return not_http("header line");
    head.headers.push_back(std::move(header));
    if (head.headers.size() > reply_headers_max) return not_http("too many headers");
    return {};
}

// §6.3: length and chunks together, or a length given twice, is how replies are smuggled.
Result<void> read_framing(ReplyHead& head) {
    const std::size_t lengths = head.count("content-length");
    const std::size_t codings = head.count("transfer-encoding");
    if (lengths > 0 && codings > 0) return not_http("Content-Length with Transfer-Encoding");
    if (lengths > 1) return not_http("Content-Length twice");
    if (codings > 0) {
        const bool is_chunked = lower_ascii(head.header("transfer-encoding")) == "chunked";
        if (codings > 1 || !is_chunked || head.is_http_1_0) return not_http("Transfer-Encoding");
        head.framing = Framing::chunked;
    } else if (lengths == 1) {
        const std::string_view text = head.header("content-length");
        const char* const end = text.data() + text.size();
        const auto [read, error] = std::from_chars(text.data(), end, head.length);
        if (error != std::errc() || read != end) return not_http("Content-Length");
        head.framing = Framing::length;
    } else {
        head.framing = Framing::close;
    }
    const bool has_no_body = head.status < 200 || head.status == 204 || head.status == 304;
    if (has_no_body) head.framing = Framing::none;
    return {};
}

}  // namespace

std::string lower_ascii(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

Error not_http(std::string_view why) {
    return {ErrorCode::wrong_document, "the answer is not HTTP as we take it: " + std::string(why)};
}

std::string_view ReplyHead::header(std::string_view name) const {
    const auto found = std::ranges::find(headers, name, &Header::name);
    return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

std::size_t ReplyHead::count(std::string_view name) const {
    return static_cast<std::size_t>(std::ranges::count(headers, name, &Header::name));
}

bool ReplyHead::keeps_alive() const {
    return !is_http_1_0 && lower_ascii(header("connection")) != "close";
}

std::optional<std::size_t> reply_head_end(std::string_view bytes) {
    const std::size_t end = bytes.find("\r\n\r\n");
    if (end == std::string_view::npos) return std::nullopt;
    return end + 4;
}

Result<ReplyHead> parse_reply_head(std::string_view text) {
    ReplyHead head;
    bool is_first = true;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find("\r\n", at), text.size());
        const std::string_view line = text.substr(at, end - at);
        at = end + 2;
        const auto read = is_first ? read_status_line(line, head) : read_header_line(line, head);
        if (!read) return read.error();
        is_first = false;
    }
    if (is_first) return not_http("status line");
    if (auto framing = read_framing(head); !framing) return framing.error();
    return head;
}

}  // namespace recall::net
