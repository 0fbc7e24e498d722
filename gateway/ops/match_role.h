#pragma once
// Matching as serve runs it, made from the settings, and the endpoint that answers from its index;
// beside it the clusters of notices, which need the same lexicon.
// The constructor throws Failure(config) when the lexicon cannot be read. Start and stop from one
// thread.

#include "gateway/cases/match_work.h"
#include "gateway/clusters/cluster_work.h"
#include "gateway/http/api.h"
#include "gateway/settings/settings.h"

namespace recall::ops {

class MatchRole {
  public:
    MatchRole(const settings::Settings& settings, http::Api& api, http::Router& router,
              cases::MatchDuty duty);

    void start();
    void stop();
    void wake() { work_.wake(); }
    bool is_ready() const { return work_.is_ready(); }

  private:
    cases::MatchDuty duty_;
    std::shared_ptr<const match::Lexicon> lexicon_;
    cases::MatchWork work_;
    clusters::ClusterWork clusters_;
};

}  // namespace recall::ops
