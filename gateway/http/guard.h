#pragma once
// What stands around every handler: it finds the route, asks for the key, calls the handler, and
// turns whatever comes out (reply, Error, Failure, a library's exception) into a reply with a
// request id and the security headers. Nothing gets past it, so no connection drops without a
// reply. Any thread.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/clock.h"
#include "gateway/http/message.h"
#include "gateway/http/metrics.h"
#include "gateway/http/router.h"

namespace recall::http {

// Whom an API key belongs to.
struct Caller {
    std::string name;
    std::string role;
    std::string platform{};  // of a key bound to one, else empty
    std::string key_id{};
};

// Looks an API key up; nothing when it is not valid.
using Authenticate = std::function<std::optional<Caller>(std::string_view key)>;

// Reads the request's body into it, within what the access allows; called once the caller is known.
using ReadBody = std::function<Result<void>(Access access)>;

// The key of "Authorization: Bearer KEY" (RFC 6750 §2.1); empty when there is none.
std::string_view bearer_key(const Request& request);

class Guard {
  public:
    Guard(const Router& router, Authenticate authenticate, Metrics& metrics)
        : router_(router), authenticate_(std::move(authenticate)), metrics_(metrics) {}

    // The reply to a request that was read whole, or whose body `read_body` is still to add: nobody
    // who may not call gets to send one.
    Reply answer(const Request& request, const ReadBody& read_body = {}) const;
    // The reply to bytes that are not a request we take; the connection closes after it.
    Reply refuse(const Error& error, std::string_view request_id) const;
    // A connection was ended for a limit of the waiting room.
    void count_ended(std::string_view why) const;

  private:
    Result<Reply> dispatch(const Request& request, const ReadBody& read_body,
                           const Route*& route) const;

    const Router& router_;
    Authenticate authenticate_;
    Metrics& metrics_;
};

}  // namespace recall::http
