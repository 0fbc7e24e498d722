// POST /exchange/v1/messages: a partner's message in, a signed receipt out.

#include "gateway/crypto/tls.h"
#include "gateway/http/exchange_api.h"

namespace recall::http {

void add_exchange_routes(Router& router, exchange::Receiver& receiver) {
    router.add({"POST", "/exchange/v1/messages", Access::partner,
                [&receiver](const Call& call) -> Result<Reply> {
                    const auto fingerprint =
                        crypto::certificate_fingerprint(call.request.peer_certificate);
                    if (!fingerprint) return fingerprint.error();
                    Result<exchange::Answer> answer = receiver.receive(
                        {.certificate_sha256 = *fingerprint,
                         .media_type = std::string(call.request.header("Content-Type")),
                         .body = call.request.body});
                    if (!answer) return answer.error();
                    Reply reply;
                    reply.status = answer->status;
                    reply.media_type = std::move(answer->media_type);
                    reply.body = std::move(answer->body);
                    return reply;
                }});
}

}  // namespace recall::http
