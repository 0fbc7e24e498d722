#pragma once
// A write of the API as one transaction that, under an Idempotency-Key, happens once: the reply is
// kept with the write, and the same request sent again gets it back, marked Idempotency-Replayed.
// The key is the caller's own; its reply is kept for store::api_reply_kept. Any thread.

#include <functional>

#include "gateway/base/clock.h"
#include "gateway/http/api.h"

namespace recall::http {

inline constexpr std::size_t idempotency_key_bytes_max = 255;

// Runs again when the transaction lost against another one; an Error undoes what it wrote.
using Write = std::function<Result<Reply>(store::Session&, Instant now)>;

// Fails as the write does, or with key_reused when the key came with another request before.
Result<Reply> write_once(Api& api, const Call& call, const Write& write);

}  // namespace recall::http
