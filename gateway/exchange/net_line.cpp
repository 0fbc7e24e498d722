#include "gateway/exchange/net_line.h"

#include "gateway/exchange/partners.h"

namespace recall::exchange {

Result<LineReply> NetLine::post(const model::Partner& partner, std::string_view media_type,
                                std::string_view body, Instant now) {
    const std::vector<std::string> pinned = pinned_now(partner, now);
    if (pinned.empty()) {
        return Error{ErrorCode::tls,
                     "no transport certificate of the partner is valid at this time"};
    }
    Result<net::CourierReply> reply = courier_.post({.url = partner.endpoint,
                                                     .media_type = media_type,
                                                     .body = body,
                                                     .pinned_certificates = pinned});
    if (!reply) return reply.error();
    return LineReply{reply->status, std::move(reply->media_type), std::move(reply->body)};
}

}  // namespace recall::exchange
