#include "gateway/http/write_once.h"

#include "gateway/crypto/digest.h"
#include "gateway/store/api_replies.h"

namespace recall::http {
namespace {

// Everything that decides what the request does.
std::string request_hash(const Request& request) {
    crypto::Sha256 hash;
    for (const std::string_view part :
         {std::string_view(request.method), std::string_view(request.target),
          request.header("Content-Type"), request.header("If-Match"),
          std::string_view(request.body)}) {
        hash.update(std::to_string(part.size()) + ":");
        hash.update(part);
    }
    return hash.hex();
}

Result<Reply> replayed(const store::ApiReply& kept, const std::string& hash) {
    if (kept.request_hash != hash) {
        return Error{ErrorCode::key_reused, "use a new Idempotency-Key for a new request"};
    }
    Reply reply;
    reply.status = static_cast<int>(kept.status);
    reply.media_type = kept.media_type;
    reply.body = kept.body;
    reply.headers.emplace_back("Idempotency-Replayed", "true");
    return reply;
}

Result<Reply> attempt(Api& api, const Call& call, const std::string& hash, const Write& write) {
    const std::string key(call.request.header("Idempotency-Key"));
    const store::SessionLease session = api.database.lease();
    store::WriteTransaction transaction(*session);
    const Instant now = api.clock.now();
    store::ApiReplies replies(*session);
    if (!key.empty()) {
        if (const auto kept = replies.find(call.key_id, key, now)) return replayed(*kept, hash);
    }
    Result<Reply> reply = write(*session, now);
    if (!reply) return reply;
    if (!key.empty() &&
        !replies.add({call.key_id, key, hash, reply->status, reply->media_type, reply->body},
                     now)) {
        throw store::TransactionConflict(ErrorCode::database,
                                         "a request with the same key was faster");
    }
    transaction.commit();
    return reply;
}

}  // namespace

Result<Reply> write_once(Api& api, const Call& call, const Write& write) {
    if (call.request.header("Idempotency-Key").size() > idempotency_key_bytes_max) {
        return Error{ErrorCode::usage, "an Idempotency-Key has at most 255 bytes"};
    }
    const std::string hash = request_hash(call.request);
    for (int attempts = 1;; ++attempts) {
        try {
            return attempt(api, call, hash, write);
        } catch (const store::TransactionConflict&) {
            if (attempts == store::transaction_attempts_max) throw;
        }
    }
}

}  // namespace recall::http
