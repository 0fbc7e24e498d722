// /api/openapi.json: for whoever builds on the API.

#include "gateway/http/api.h"
#include "gateway/http/conditional.h"

namespace recall::http {

void add_document_routes(Router& router) {
    router.add({"GET", "/api/openapi.json", Access::key, [](const Call& call) {
                    Reply reply;
                    reply.body = api_document();
                    const std::string tag = entity_tag(reply.body);
                    return Result<Reply>(tagged(call.request, std::move(reply), tag));
                }});
}

}  // namespace recall::http
