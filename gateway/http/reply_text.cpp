#include "gateway/http/reply_text.h"

#include <algorithm>
#include <cstdio>

namespace recall::http {
namespace {

std::string_view reason(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 409:
            return "Conflict";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 422:
            return "Unprocessable Content";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 501:
            return "Not Implemented";
        case 503:
            return "Service Unavailable";
        default:
            return status < 400 ? "OK" : status < 500 ? "Bad Request" : "Server Error";
    }
}

// RFC 9110 §5.6.7.
std::string http_date(Instant now) {
    constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(now - day)};
    char text[64];
    std::snprintf(text, sizeof text, "%s, %02u %s %04d %02d:%02d:%02d GMT",
                  days[std::chrono::weekday{day}.c_encoding()], unsigned(date.day()),
                  months[unsigned(date.month()) - 1], int(date.year()), int(time.hours().count()),
                  int(time.minutes().count()), int(time.seconds().count()));
    return text;
}

// A line break in a value would start a header of its own, or a second reply.
std::string one_line(std::string_view value) {
    std::string out(value);
    std::ranges::replace_if(
        out, [](unsigned char c) { return c < 0x20 || c == 0x7F; }, ' ');
    return out;
}

}  // namespace

std::string reply_text(const Reply& reply, std::string_view method, Afterwards afterwards,
                       Instant now) {
    std::string out = "HTTP/1.1 " + std::to_string(reply.status) + " " +
                      std::string(reason(reply.status)) + "\r\n";
    const auto add = [&out](std::string_view name, std::string_view value) {
        out += std::string(name) + ": " + one_line(value) + "\r\n";
    };
    add("Date", http_date(now));
    const bool bodiless = reply.status == 204 || reply.status == 304;
    if (!bodiless) {
        add("Content-Type", reply.media_type);
        add("Content-Length", std::to_string(reply.body.size()));
    }
    for (const auto& [name, value] : reply.headers)
        add(name, value);
    add("Connection", afterwards == Afterwards::keep ? "keep-alive" : "close");
    out += "\r\n";
    if (!bodiless && method != "HEAD") out += reply.body;
    return out;
}

}  // namespace recall::http
