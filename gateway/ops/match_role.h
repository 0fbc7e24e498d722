#pragma once
// Matching as serve runs it, made from the settings, and the endpoint that answers from its index.
// The constructor throws Failure(config) when the lexicon cannot be read. Start and stop from one
// thread.

#include "gateway/cases/match_work.h"
#include "gateway/http/api.h"
#include "gateway/settings/settings.h"

namespace recall::ops {

class MatchRole {
  public:
    MatchRole(const settings::Settings& settings, http::Api& api, http::Router& router,
              cases::MatchDuty duty);

    void start() { work_.start(); }
    void stop() { work_.stop(); }
    void wake() { work_.wake(); }
    bool is_ready() const { return work_.is_ready(); }

  private:
    cases::MatchWork work_;
};

}  // namespace recall::ops
