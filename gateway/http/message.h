#pragma once
// A request as the server read it and the reply a handler gives. Plain values; a request was
// already checked for form (request_reader.h), its body is complete.

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace recall::http {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request {
    std::string method;  // upper case
    std::string target;  // as received: path and query
    std::string path;    // before '?', still percent-encoded
    std::map<std::string, std::vector<std::string>, std::less<>> query;  // decoded
    Headers headers;
    std::string body;
    std::string request_id;        // made by us, in the reply's X-Request-Id
    std::string peer_address;      // without port
    std::string peer_certificate;  // PEM of the verified client certificate; empty when none
    bool keep_alive = false;

    // First header of that name, letter case ignored; empty when there is none.
    std::string_view header(std::string_view name) const;
    // First query value of that name; empty when there is none.
    std::string_view parameter(std::string_view name) const;
};

struct Reply {
    int status = 200;
    std::string media_type = "application/json";
    std::string body;
    Headers headers;  // beyond Content-Type, Content-Length, Date and the security headers
};

// Undoes %XX ('+' stays what it is). A broken escape or a NUL gives nothing back but `false`.
bool percent_decode(std::string_view text, std::string& out);
std::string percent_encode(std::string_view text);

bool equal_ignoring_case(std::string_view a, std::string_view b);

}  // namespace recall::http
