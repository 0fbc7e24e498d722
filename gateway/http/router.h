#pragma once
// Which handler answers which path. Routes are added while the server is composed, on one thread;
// afterwards the router is only read, by all server threads. A handler returns its reply or an
// Error, throws Failure when its work cannot go on, and never sees a request without the access
// that its route demands. Files that add routes: notices.cpp, matches.cpp, …, one per group.

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/http/message.h"

namespace recall::http {

// Who may call: anybody; a holder of an API key; a partner whose client certificate the TLS layer
// verified (which partner it is, the handler decides).
enum class Access { open, key, partner };

// The recall centre's own people, as against platforms.
inline bool is_staff_role(std::string_view role) { return role == "admin" || role == "analyst"; }

// A request on its way to a handler.
struct Call {
    const Request& request;
    std::map<std::string, std::string, std::less<>> parts;  // "{id}" of the pattern, decoded
    // Of the API key; empty when there is none.
    std::string caller{};
    std::string role{};
    std::string platform{};
    std::string key_id{};

    const std::string& part(std::string_view name) const;

    bool is_staff() const { return is_staff_role(role); }
    // Whether the caller may see and write what belongs to the platform.
    bool may_touch(std::string_view of_platform) const {
        return is_staff() || (role == "platform" && platform == of_platform);
    }
    // Fails with forbidden, naming both, when the request names a platform that is not the key's.
    Result<void> check_platform(std::string_view named) const;
};

using Handler = std::function<Result<Reply>(const Call&)>;

struct Route {
    std::string method;   // GET also answers HEAD
    std::string pattern;  // "/api/v1/notices/{id}"
    Access access = Access::key;
    Handler handler;
};

class Router {
  public:
    void add(Route route);

    // The route for the request and the decoded parts of its path; fails with not_found or
    // method_not_allowed.
    struct Found {
        const Route* route = nullptr;
        std::map<std::string, std::string, std::less<>> parts;
    };
    Result<Found> find(const Request& request) const;
    // The methods a path answers, for the Allow header: "GET, HEAD, POST".
    std::string allowed(std::string_view path) const;
    const std::vector<Route>& routes() const { return routes_; }

  private:
    std::vector<Route> routes_;
};

}  // namespace recall::http
