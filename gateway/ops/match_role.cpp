#include "gateway/ops/match_role.h"

#include "gateway/ops/mappings.h"
#include "gateway/ops/node_name.h"

namespace recall::ops {
namespace {

cases::MatchWorkOptions options(const settings::Settings& settings, cases::MatchDuty duty) {
    cases::MatchWorkOptions out;
    out.duty = duty;
    out.interval = std::chrono::seconds(settings.match_interval_seconds);
    return out;
}

}  // namespace

MatchRole::MatchRole(const settings::Settings& settings, http::Api& api, http::Router& router,
                     cases::MatchDuty duty)
    : duty_(duty),
      lexicon_(match::Lexicon::load(mappings_path(settings.data_mappings) + "/lexicon")),
      work_(api.database, lexicon_, api.clock, node_name(settings), options(settings, duty)),
      clusters_(api.database, lexicon_, api.clock, node_name(settings),
                options(settings, duty).interval) {
    http::add_check_routes(router, work_.matcher());
    http::add_cluster_routes(router, api, *lexicon_);
    api.metrics.collect_with([this](http::Metrics& metrics) {
        metrics.set("recallgw_match_index_notices", {},
                    static_cast<double>(work_.matcher().facts().notices));
    });
}

// Links are written by the process that matches, and only told by the others.
void MatchRole::start() {
    work_.start();
    if (duty_ == cases::MatchDuty::match) clusters_.start();
}

void MatchRole::stop() {
    clusters_.stop();
    work_.stop();
}

}  // namespace recall::ops
