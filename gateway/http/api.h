#pragma once
// What the API's handlers work on, and the groups of endpoints, one file each. The routes hold a
// reference to the Api, which must outlive the server. All members are for any thread.

#include <functional>
#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/http/guard.h"
#include "gateway/http/metrics.h"
#include "gateway/http/router.h"
#include "gateway/model/notice.h"
#include "gateway/store/database.h"

namespace recall::match {
class Lexicon;
class Matcher;
}  // namespace recall::match

namespace recall::http {

// What is known of a source besides its runs; from its mapping file.
struct SourceAbout {
    std::string id;
    std::string title;
    std::string authority;
    std::string country;
    std::string home;
};

struct Api {
    store::Database& database;
    const Clock& clock;
    Metrics& metrics;
    std::string version;
    // What is not ready yet, by name; empty when the gateway can do its work.
    std::function<std::vector<std::string>()> not_ready;
    std::vector<SourceAbout> sources{};  // sorted by id
    // Called after listings were stored, so that they are matched at once.
    std::function<void()> listings_stored{};
    // Called after pictures were asked for, so that they are fetched at once.
    std::function<void()> pictures_wanted{};
    // A notice in one line of each language that there is one in (mapping/summary_line.h).
    std::function<model::Texts(const model::Notice&)> summary_lines{};
    bool serves_tls = false;  // then cookies are for TLS only
};

// API keys as the database knows them: by hash, so that a look-up tells nothing about other keys.
std::optional<Caller> find_key(store::Database& database, std::string_view key_hash);
Authenticate key_authenticator(store::Database& database);

// What the server says of itself: an OpenAPI 3.1 document.
std::string_view api_document();

// Every group below that works on the Api alone.
void add_api_routes(Router& router, Api& api);

void add_notice_routes(Router& router, Api& api);   // /api/v1/notices…
void add_reading_routes(Router& router, Api& api);  // /api/v1/notices/{id}/reading
void add_picture_routes(Router& router, Api& api);  // /api/v1/notices/{id}/pictures…
void add_match_routes(Router& router, Api& api);    // /api/v1/matches…
void add_listing_routes(Router& router, Api& api);  // /api/v1/listings…
void add_source_routes(Router& router, Api& api);   // /api/v1/sources…
void add_document_routes(Router& router);           // /api/openapi.json
void add_status_routes(Router& router, Api& api);   // / /status.css /sign-in /sign-out
void add_health_routes(Router& router, Api& api);   // /healthz /readyz /metrics

// /api/v1/clusters… and /api/v1/notices/{id}/cluster; the lexicon must outlive the server.
void add_cluster_routes(Router& router, Api& api, const match::Lexicon& lexicon);

// /api/v1/check; the matcher must outlive the server.
void add_check_routes(Router& router, const match::Matcher& matcher);

}  // namespace recall::http
