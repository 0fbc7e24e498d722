// /api/v1/sources: which authorities are watched and how well that goes. For the recall centre's
// own people.

#include <algorithm>

#include "gateway/http/api.h"
#include "gateway/http/conditional.h"
#include "gateway/http/source_health.h"
#include "gateway/json/writer.h"
#include "gateway/store/source_state.h"

namespace recall::http {
namespace {

constexpr std::size_t runs_shown = 20;

Result<void> only_staff(const Call& call) {
    if (call.is_staff()) return {};
    return {ErrorCode::forbidden, "sources are shown to the recall centre only"};
}

void write_run(json::Writer& out, const store::Run& run) {
    out.begin_object().member("id", run.id).member("state", spelling(run.state));
    out.member("started_at", run.started_at);
    if (!run.finished_at.empty()) out.member("finished_at", run.finished_at);
    if (!run.reason.empty()) out.member("reason", run.reason);
    out.member("fetched", run.counts.fetched).member("new", run.counts.created);
    out.member("changed", run.counts.changed).member("unchanged", run.counts.unchanged);
    out.member("vanished", run.counts.vanished).member("quarantined", run.counts.quarantined);
    out.end_object();
}

void write_health(json::Writer& out, const SourceHealth& source) {
    out.member("source", source.about.id).member("state", source.state);
    if (!source.about.title.empty()) out.member("title", source.about.title);
    if (!source.about.authority.empty()) out.member("authority", source.about.authority);
    if (!source.about.country.empty()) out.member("country", source.about.country);
    if (!source.about.home.empty()) out.member("home", source.about.home);
    out.member("notices", source.notices).member("quarantined", source.quarantined);
    if (source.last_run) {
        out.key("last_run");
        write_run(out, *source.last_run);
    }
}

Result<Reply> list(Api& api, const Call& call) {
    if (auto allowed = only_staff(call); !allowed) return allowed.error();
    const store::SessionLease session = api.database.lease();
    json::Writer out;
    out.begin_object().key("sources").begin_array();
    for (const SourceHealth& source : source_health(*session, api.sources)) {
        out.begin_object();
        write_health(out, source);
        out.end_object();
    }
    out.end_array().end_object();
    Reply reply;
    reply.body = std::move(out).text();
    return reply;
}

void write_coverage(json::Writer& out, store::Session& session, const std::string& source) {
    out.key("coverage").begin_array();
    for (const store::FieldCount& field : store::FieldCoverage(session).list(source)) {
        out.begin_object().member("field", field.path).member("mapped", field.mapped);
        out.member("ignored", field.ignored).member("unmapped", field.unmapped).end_object();
    }
    out.end_array();
}

Result<Reply> one(Api& api, const Call& call) {
    if (auto allowed = only_staff(call); !allowed) return allowed.error();
    const std::string& id = call.part("source");
    const auto about = std::ranges::find(api.sources, id, &SourceAbout::id);
    if (about == api.sources.end()) {
        return Error{ErrorCode::not_found, "there is no source of that id"};
    }
    const store::SessionLease session = api.database.lease();
    json::Writer out;
    out.begin_object();
    write_health(out, source_health(*session, std::span(&*about, 1)).front());
    out.key("runs").begin_array();
    for (const store::Run& run : store::Runs(*session).list(id, runs_shown))
        write_run(out, run);
    out.end_array();
    write_coverage(out, *session, id);
    out.end_object();
    Reply reply;
    reply.body = std::move(out).text();
    const std::string tag = entity_tag(reply.body);
    return tagged(call.request, std::move(reply), tag);
}

}  // namespace

void add_source_routes(Router& router, Api& api) {
    router.add({"GET", "/api/v1/sources", Access::key,
                [&api](const Call& call) { return list(api, call); }});
    router.add({"GET", "/api/v1/sources/{source}", Access::key,
                [&api](const Call& call) { return one(api, call); }});
}

}  // namespace recall::http
