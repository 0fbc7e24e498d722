#pragma once
// Who is signed in at the status page. A session is a random token in a cookie; here its hash
// stands for the key it was opened with, which is looked up anew each time, so that a revoked key
// ends its sessions. In memory only: a restart signs everybody out. Also slows down guessing. Any
// thread.

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/clock.h"
#include "gateway/http/guard.h"

namespace recall::http {

inline constexpr std::chrono::hours session_time{8};
inline constexpr std::size_t sessions_max = 1000;
inline constexpr int failed_attempts_max = 10;  // from one address within the time
inline constexpr std::chrono::seconds failed_attempts_time{60};
inline constexpr std::size_t failing_addresses_max = 10'000;

class BrowserSessions {
  public:
    // `by_hash` looks a key up by the hash of its text; nothing when it is not valid.
    using FindKey = std::function<std::optional<Caller>(std::string_view key_hash)>;

    BrowserSessions(FindKey find_key, const Clock& clock)
        : find_key_(std::move(find_key)), clock_(clock) {}

    // The caller that the key belongs to; a failure counts against the address. Fails with
    // unauthorised, or rate_limited, then whatever the key is.
    Result<Caller> check_key(std::string_view key, const std::string& address);
    // The token of a new session. The oldest one ends when there are too many.
    std::string open(std::string_view key);
    std::optional<Caller> find(std::string_view token);
    std::optional<Caller> of_key(std::string_view key);
    void close(std::string_view token);

  private:
    struct Session {
        std::string key_hash;
        Instant ends{};
    };
    struct Failures {
        int count = 0;
        Instant since{};
    };
    bool has_failed_too_often(const std::string& address, Instant now);

    FindKey find_key_;
    const Clock& clock_;
    std::mutex mutex_;
    std::map<std::string, Session, std::less<>> sessions_;  // by the token's hash
    std::map<std::string, Failures> failures_;              // by address
};

}  // namespace recall::http
