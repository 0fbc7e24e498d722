#include "gateway/ops/store_metrics.h"

#include "gateway/base/failure.h"
#include "gateway/http/source_health.h"
#include "gateway/store/pictures.h"
#include "gateway/store/totals.h"

namespace recall::ops {
namespace {

void collect_sources(store::Session& session, const http::Api& api, http::Metrics& metrics) {
    for (const http::SourceHealth& source : http::source_health(session, api.sources)) {
        const std::string& id = source.about.id;
        metrics.set("recallgw_notices", {{"source", id}}, static_cast<double>(source.notices));
        metrics.set("recallgw_quarantined", {{"source", id}},
                    static_cast<double>(source.quarantined));
        if (!source.last_run) continue;
        metrics.set("recallgw_source_healthy", {{"source", id}},
                    source.state == "healthy" || source.state == "running" ? 1 : 0);
        if (const Result<Instant> started = parse_instant(source.last_run->started_at)) {
            metrics.set("recallgw_source_last_run_timestamp_seconds", {{"source", id}},
                        std::chrono::duration<double>(started->time_since_epoch()).count());
        }
    }
}

void collect_totals(store::Session& session, http::Metrics& metrics) {
    const store::Totals totals = store::totals(session);
    metrics.set("recallgw_listings", {}, static_cast<double>(totals.listings));
    metrics.set("recallgw_open_matches", {{"decision", "match"}},
                static_cast<double>(totals.open_matches));
    metrics.set("recallgw_open_matches", {{"decision", "review"}},
                static_cast<double>(totals.open_reviews));
    metrics.set("recallgw_open_cases", {}, static_cast<double>(totals.open_cases));
    metrics.set("recallgw_pictures_wanted", {},
                static_cast<double>(store::Pictures(session).count_wanted()));
}

}  // namespace

void collect_store_metrics(http::Api& api) {
    api.metrics.collect_with([&api](http::Metrics& metrics) {
        try {
            const store::SessionLease session = api.database.lease();
            collect_sources(*session, api, metrics);
            collect_totals(*session, metrics);
            metrics.set("recallgw_database_up", {}, 1);
        } catch (const Failure&) {
            // A scrape tells that the database is away; it does not fail with it.
            metrics.set("recallgw_database_up", {}, 0);
        }
    });
}

}  // namespace recall::ops
