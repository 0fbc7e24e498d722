#include "gateway/http/browser_sessions.h"

#include <algorithm>

#include "gateway/crypto/digest.h"

namespace recall::http {

Result<Caller> BrowserSessions::check_key(std::string_view key, const std::string& address) {
    const Instant now = clock_.now();
    {
        const std::lock_guard lock(mutex_);
        if (has_failed_too_often(address, now)) {
            return Error{ErrorCode::rate_limited, "too many wrong keys from this address"};
        }
    }
    if (auto caller = of_key(key)) return *std::move(caller);
    const std::lock_guard lock(mutex_);
    Failures& failures = failures_[address];
    if (failures.count == 0) failures.since = now;
    ++failures.count;
    return Error{ErrorCode::unauthorised, "the key is not valid"};
}

// With the mutex held.
bool BrowserSessions::has_failed_too_often(const std::string& address, Instant now) {
    if (failures_.size() >= failing_addresses_max) {
        std::erase_if(failures_, [&](const auto& entry) {
            return now - entry.second.since >= failed_attempts_time;
        });
    }
    const auto found = failures_.find(address);
    if (found == failures_.end()) return failures_.size() >= failing_addresses_max;
    if (now - found->second.since >= failed_attempts_time) {
        failures_.erase(found);
        return false;
    }
    return found->second.count >= failed_attempts_max;
}

std::string BrowserSessions::open(std::string_view key) {
    std::string token = crypto::random_token();
    const Instant now = clock_.now();
    const std::lock_guard lock(mutex_);
    std::erase_if(sessions_, [&](const auto& entry) { return entry.second.ends <= now; });
    if (sessions_.size() >= sessions_max) {
        sessions_.erase(std::ranges::min_element(
            sessions_, {}, [](const auto& entry) { return entry.second.ends; }));
    }
    sessions_[crypto::sha256_hex(token)] = {crypto::sha256_hex(key), now + session_time};
    return token;
}

std::optional<Caller> BrowserSessions::find(std::string_view token) {
    std::string key_hash;
    {
        const std::lock_guard lock(mutex_);
        const auto found = sessions_.find(crypto::sha256_hex(token));
        if (found == sessions_.end() || found->second.ends <= clock_.now()) return std::nullopt;
        key_hash = found->second.key_hash;
    }
    return find_key_(key_hash);
}

std::optional<Caller> BrowserSessions::of_key(std::string_view key) {
    return find_key_(crypto::sha256_hex(key));
}

void BrowserSessions::close(std::string_view token) {
    const std::lock_guard lock(mutex_);
    sessions_.erase(crypto::sha256_hex(token));
}

}  // namespace recall::http
