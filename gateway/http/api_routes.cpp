#include "gateway/http/api.h"

namespace recall::http {

void add_api_routes(Router& router, Api& api) {
    add_health_routes(router, api);
    add_notice_routes(router, api);
    add_reading_routes(router, api);
    add_picture_routes(router, api);
    add_match_routes(router, api);
    add_listing_routes(router, api);
    add_source_routes(router, api);
    add_document_routes(router);
    add_status_routes(router, api);
}

}  // namespace recall::http
