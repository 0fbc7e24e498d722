#include "gateway/http/guard.h"

#include <algorithm>
#include <chrono>

#include "gateway/base/failure.h"
#include "gateway/base/log.h"
#include "gateway/http/problem.h"

namespace recall::http {
namespace {

void add_unless_set(Reply& reply, std::string_view name, std::string_view value) {
    const bool there = std::ranges::any_of(
        reply.headers, [&](const auto& header) { return equal_ignoring_case(header.first, name); });
    if (!there) reply.headers.emplace_back(name, value);
}

// A handler may state its own, as the status page does.
void finish(Reply& reply, std::string_view request_id) {
    add_unless_set(reply, "X-Request-Id", request_id);
    add_unless_set(reply, "Cache-Control", "no-store");
    add_unless_set(reply, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    add_unless_set(reply, "X-Content-Type-Options", "nosniff");
    add_unless_set(reply, "X-Frame-Options", "DENY");
    add_unless_set(reply, "Referrer-Policy", "no-referrer");
    add_unless_set(reply, "Cross-Origin-Resource-Policy", "same-origin");
}

// An early end is the caller's doing here, not that of a source behind us.
Error as_callers_fault(const Error& error) {
    return error.code == ErrorCode::truncated ? Error{ErrorCode::usage, error.text} : error;
}

}  // namespace

std::string_view bearer_key(const Request& request) {
    const std::string_view value = request.header("Authorization");
    constexpr std::string_view scheme = "Bearer ";
    if (value.size() <= scheme.size() ||
        !equal_ignoring_case(value.substr(0, scheme.size()), scheme)) {
        return {};
    }
    return value.substr(scheme.size());
}

Result<Reply> Guard::dispatch(const Request& request, const ReadBody& read_body,
                              const Route*& route) const {
    Result<Router::Found> found = router_.find(request);
    if (!found) return found.error();
    route = found->route;
    Call call{request, std::move(found->parts)};
    if (route->access == Access::key) {
        const std::string_view key = bearer_key(request);
        const std::optional<Caller> caller = key.empty() ? std::nullopt : authenticate_(key);
        if (!caller) {
            return Error{ErrorCode::unauthorised,
                         "send a valid API key as Authorization: Bearer KEY"};
        }
        call.caller = caller->name;
        call.role = caller->role;
        call.platform = caller->platform;
        call.key_id = caller->key_id;
    }
    if (route->access == Access::partner && request.peer_certificate.empty()) {
        return Error{ErrorCode::unauthorised, "this path needs a partner's client certificate"};
    }
    if (read_body) {
        if (auto body = read_body(route->access); !body) return as_callers_fault(body.error());
    }
    return route->handler(call);
}

Reply Guard::answer(const Request& request, const ReadBody& read_body) const {
    const auto start = std::chrono::steady_clock::now();
    const Route* route = nullptr;
    Error error;
    Reply reply;
    bool failed = true;
    try {
        Result<Reply> result = dispatch(request, read_body, route);
        failed = !result;
        if (result) {
            reply = std::move(*result);
        } else {
            error = result.error();
        }
    } catch (const Failure& failure) {
        error = failure.error();
    } catch (const std::exception& exception) {
        // Only the class of the exception goes out with the code; what() may hold stored values.
        error = {ErrorCode::internal, std::string("a handler threw ") + typeid(exception).name()};
    }
    if (failed) {
        reply = problem(error, request.request_id);
        if (error.code == ErrorCode::method_not_allowed) {
            reply.headers.emplace_back("Allow", router_.allowed(request.path));
        }
        if (reply.status >= 500) {
            log(error, "http", {{"request", request.request_id}, {"path", request.path}});
        }
    }
    finish(reply, request.request_id);
    const std::string name = route == nullptr ? "none" : route->pattern;
    metrics_.add(
        "recallgw_http_requests_total",
        {{"route", name}, {"method", request.method}, {"status", std::to_string(reply.status)}});
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    metrics_.observe("recallgw_http_request_seconds", {{"route", name}}, took.count());
    return reply;
}

Reply Guard::refuse(const Error& error, std::string_view request_id) const {
    Reply reply = problem(as_callers_fault(error), request_id);
    finish(reply, request_id);
    metrics_.add("recallgw_http_refused_total", {{"code", spelling(error.code)}});
    return reply;
}

void Guard::count_ended(std::string_view why) const {
    metrics_.add("recallgw_http_connections_ended_total", {{"why", why}});
}

}  // namespace recall::http
