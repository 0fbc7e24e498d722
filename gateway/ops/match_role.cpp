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
    : work_(api.database, match::Lexicon::load(mappings_path(settings.data_mappings) + "/lexicon"),
            api.clock, node_name(settings), options(settings, duty)) {
    http::add_check_routes(router, work_.matcher());
    api.metrics.collect_with([this](http::Metrics& metrics) {
        metrics.set("recallgw_match_index_notices", {},
                    static_cast<double>(work_.matcher().facts().notices));
    });
}

}  // namespace recall::ops
