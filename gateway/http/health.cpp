#include "gateway/base/failure.h"
#include "gateway/crypto/digest.h"
#include "gateway/http/api.h"
#include "gateway/json/writer.h"
#include "gateway/store/api_keys.h"
#include "gateway/store/migrations.h"

namespace recall::http {
namespace {

// Alive: the process answers. Says nothing about its work.
Result<Reply> healthz(const Call& /*call*/) {
    Reply reply;
    reply.body = "{\"status\":\"alive\"}";
    return reply;
}

std::vector<std::string> whatever_is_missing(Api& api) {
    std::vector<std::string> missing = api.not_ready ? api.not_ready() : std::vector<std::string>();
    try {
        if (!store::pending_migrations(api.database).empty()) missing.emplace_back("migrations");
    } catch (const Failure&) {
        // The answer to "is the database there" is the reply itself.
        missing.emplace_back("database");
    }
    return missing;
}

Result<Reply> readyz(Api& api) {
    const std::vector<std::string> missing = whatever_is_missing(api);
    json::Writer out;
    out.begin_object().member("status", missing.empty() ? "ready" : "not_ready").key("missing");
    out.begin_array();
    for (const std::string& name : missing)
        out.string(name);
    out.end_array().end_object();
    Reply reply;
    reply.status = missing.empty() ? 200 : 503;
    reply.body = std::move(out).text();
    return reply;
}

Result<Reply> metrics(Api& api, const Call& call) {
    if (!call.is_staff()) {
        return Error{ErrorCode::forbidden, "metrics are for keys of administrators and analysts"};
    }
    Reply reply;
    reply.media_type = "text/plain; version=0.0.4; charset=utf-8";
    reply.body = api.metrics.text();
    return reply;
}

}  // namespace

void add_health_routes(Router& router, Api& api) {
    api.metrics.set("recallgw_build", {{"version", api.version}}, 1);
    router.add({"GET", "/healthz", Access::open, healthz});
    router.add({"GET", "/readyz", Access::open, [&api](const Call&) { return readyz(api); }});
    router.add(
        {"GET", "/metrics", Access::key, [&api](const Call& call) { return metrics(api, call); }});
}

std::optional<Caller> find_key(store::Database& database, std::string_view key_hash) {
    const store::SessionLease session = database.lease();
    const auto found = store::ApiKeys(*session).find_valid(key_hash);
    if (!found || !crypto::equal_constant_time(found->key_hash, key_hash)) return std::nullopt;
    return Caller{found->label, found->role, found->platform, found->id};
}

Authenticate key_authenticator(store::Database& database) {
    return
        [&database](std::string_view key) { return find_key(database, crypto::sha256_hex(key)); };
}

}  // namespace recall::http
