#pragma once
// Replies to writes of the API, so that a request sent again does nothing twice. Adding needs the
// WriteTransaction of the write itself. One session, one thread.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/clock.h"
#include "gateway/store/session.h"

namespace recall::store {

struct ApiReply {
    std::string caller{};        // the API key's id
    std::string request_key{};   // the Idempotency-Key
    std::string request_hash{};  // of everything that the request says
    long long status = 0;
    std::string media_type{};
    std::string body{};
};

inline constexpr std::chrono::hours api_reply_kept{24};

class ApiReplies {
  public:
    explicit ApiReplies(Session& session) : session_(session) {}

    std::optional<ApiReply> find(std::string_view caller, std::string_view request_key,
                                 Instant now);
    // Kept for api_reply_kept; expired ones are forgotten. False when somebody else was first.
    bool add(const ApiReply& reply, Instant now);

  private:
    Session& session_;
};

}  // namespace recall::store
