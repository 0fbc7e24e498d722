#pragma once
// API keys, known only by their hash. One session, one thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/base/result.h"
#include "gateway/store/session.h"

namespace recall::store {

struct ApiKey {
    std::string id{};
    std::string key_hash{};  // hex, computed by the caller
    std::string role{};
    std::string platform{};  // empty: not bound to one
    std::string label{};
    std::string created_at{};
    std::string revoked_at{};  // empty: valid
};

class ApiKeys {
  public:
    explicit ApiKeys(Session& session) : session_(session) {}

    // conflict when the id or the hash is taken.
    Result<void> add(const ApiKey& key, Instant now);
    std::optional<ApiKey> find_valid(std::string_view key_hash);
    std::vector<ApiKey> list();
    // not_found; conflict when it was revoked before.
    Result<void> revoke(std::string_view id, Instant now);

  private:
    Session& session_;
};

}  // namespace recall::store
