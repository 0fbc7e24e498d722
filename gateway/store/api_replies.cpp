#include "gateway/store/api_replies.h"

#include "gateway/store/column_text.h"

namespace recall::store {
namespace {

constexpr Sql find_reply{
    "api_reply.find",
    "select caller, request_key, request_hash, status, media_type, body from api_reply "
    "where caller = :caller and request_key = :request_key and expires_at > :now",
    "tttntt"};
constexpr Sql insert_reply{
    "api_reply.insert",
    "insert into api_reply (caller, request_key, request_hash, status, media_type, body, "
    "expires_at) values (:caller, :request_key, :request_hash, :status, :media_type, :body, "
    ":expires_at) on conflict do nothing"};
constexpr Sql delete_expired{"api_reply.delete_expired",
                             "delete from api_reply where expires_at <= :now"};

}  // namespace

std::optional<ApiReply> ApiReplies::find(std::string_view caller, std::string_view request_key,
                                         Instant now) {
    Rows rows = session_.query(
        find_reply, {{"caller", caller}, {"request_key", request_key}, {"now", instant_text(now)}});
    if (!rows.next()) return std::nullopt;
    return ApiReply{rows.text(0),   rows.text(1), rows.text(2),
                    rows.number(3), rows.text(4), rows.text(5)};
}

bool ApiReplies::add(const ApiReply& reply, Instant now) {
    session_.execute(delete_expired, {{"now", instant_text(now)}});
    return session_.execute(insert_reply, {{"caller", reply.caller},
                                           {"request_key", reply.request_key},
                                           {"request_hash", reply.request_hash},
                                           {"status", reply.status},
                                           {"media_type", reply.media_type},
                                           {"body", reply.body},
                                           {"expires_at", instant_text(now + api_reply_kept)}}) ==
           1;
}

}  // namespace recall::store
