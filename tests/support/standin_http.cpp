#include "tests/support/standin_http.h"

#include <Poco/DeflatingStream.h>

#include <charconv>
#include <sstream>

namespace recall::test {
namespace {

std::string reason(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 302:
            return "Found";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 429:
            return "Too Many Requests";
        default:
            return "Internal Server Error";
    }
}

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

}  // namespace

SiteRequest parsed_head(std::string_view head) {
    SiteRequest request;
    std::istringstream lines{std::string(head)};
    std::string line;
    std::getline(lines, line);
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string::npos || last <= first) return request;
    request.method = line.substr(0, first);
    request.target = line.substr(first + 1, last - first - 1);
    while (std::getline(lines, line) && line.find(':') != std::string::npos) {
        const std::size_t colon = line.find(':');
        const std::size_t value = line.find_first_not_of(" \t", colon + 1);
        const std::size_t end = line.find_last_not_of(" \t\r");
        request.headers[lower(line.substr(0, colon))] =
            value == std::string::npos || value > end ? "" : line.substr(value, end - value + 1);
    }
    const std::string host = lower(request.header("host"));
    request.host = host.substr(0, host.find(':'));
    return request;
}

std::size_t body_bytes(const SiteRequest& request) {
    const std::string length = request.header("content-length");
    std::size_t bytes = 0;
    std::from_chars(length.data(), length.data() + length.size(), bytes);
    return bytes;
}

std::string head_of(const SiteReply& reply) {
    std::string head =
        "HTTP/1.1 " + std::to_string(reply.status) + " " + reason(reply.status) + "\r\n";
    if (!reply.media_type.empty()) head += "Content-Type: " + reply.media_type + "\r\n";
    if (reply.status != 304)
        head += "Content-Length: " + std::to_string(reply.body.size()) + "\r\n";
    for (const auto& [name, value] : reply.headers)
        head.append(name).append(": ").append(value).append("\r\n");
    return head + "\r\n";
}

std::string gzipped(const std::string& body) {
    std::ostringstream out;
    Poco::DeflatingOutputStream deflating(out, Poco::DeflatingStreamBuf::STREAM_GZIP);
    deflating << body;
    deflating.close();
    return out.str();
}

}  // namespace recall::test
