#include "gateway/http/router.h"

#include <algorithm>

#include "gateway/base/check.h"

namespace recall::http {
namespace {

std::vector<std::string_view> segments(std::string_view path) {
    std::vector<std::string_view> out;
    while (!path.empty()) {
        const std::size_t slash = path.find('/', 1);
        out.push_back(path.substr(1, slash == std::string_view::npos ? slash : slash - 1));
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash);
    }
    return out;
}

using Parts = std::map<std::string, std::string, std::less<>>;

// Split before decoding, so that an encoded slash stays inside its part.
bool fits(std::string_view pattern, std::string_view path, Parts& parts) {
    const auto wanted = segments(pattern);
    const auto given = segments(path);
    if (wanted.size() != given.size()) return false;
    parts.clear();
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        std::string decoded;
        if (!percent_decode(given[i], decoded)) return false;
        if (wanted[i].starts_with('{')) {
            if (decoded.empty()) return false;
            parts[std::string(wanted[i].substr(1, wanted[i].size() - 2))] = decoded;
        } else if (wanted[i] != decoded) {
            return false;
        }
    }
    return true;
}

}  // namespace

const std::string& Call::part(std::string_view name) const {
    const auto found = parts.find(name);
    RECALL_CHECK(found != parts.end(), "a handler asks only for parts of its own pattern");
    return found->second;
}

Result<void> Call::check_platform(std::string_view named) const {
    if (named.empty() || may_touch(named)) return {};
    return {ErrorCode::forbidden,
            "this key is for the platform " + platform + ", not for " + std::string(named)};
}

void Router::add(Route route) {
    RECALL_CHECK(std::ranges::none_of(routes_,
                                      [&](const Route& other) {
                                          return other.method == route.method &&
                                                 other.pattern == route.pattern;
                                      }),
                 "a path has one handler per method");
    routes_.push_back(std::move(route));
}

Result<Router::Found> Router::find(const Request& request) const {
    const std::string_view method =
        request.method == "HEAD" ? "GET" : std::string_view(request.method);
    bool path_known = false;
    Found found;
    for (const Route& route : routes_) {
        if (!fits(route.pattern, request.path, found.parts)) continue;
        path_known = true;
        if (route.method != method) continue;
        found.route = &route;
        return found;
    }
    if (path_known) {
        return Error{ErrorCode::method_not_allowed,
                     request.method + " is not for this path; allowed: " + allowed(request.path)};
    }
    return Error{ErrorCode::not_found, "there is nothing at this path"};
}

std::string Router::allowed(std::string_view path) const {
    std::string out;
    Parts parts;
    for (const Route& route : routes_) {
        if (!fits(route.pattern, path, parts)) continue;
        out += (out.empty() ? "" : ", ") + route.method;
        if (route.method == "GET") out += ", HEAD";
    }
    return out;
}

}  // namespace recall::http
