#pragma once
// Translation as serve runs it and as the command asks for it, made from the settings. Off while
// translation.url is empty. The constructor throws Failure(config) when the settings cannot be
// used. Start and stop from one thread.

#include <optional>

#include "gateway/http/metrics.h"
#include "gateway/settings/settings.h"
#include "gateway/translate/work.h"

namespace recall::ops {

// What is wrong with the settings of translation; empty when nothing is, or when it is off.
std::string translation_fault(const settings::Settings& settings);

class TranslateRole {
  public:
    TranslateRole(const settings::Settings& settings, store::Database& database,
                  const Clock& clock);

    bool is_on() const { return work_.has_value(); }
    void start();
    void stop();
    // Only when it is on.
    translate::TranslateWork& work() { return *work_; }

  private:
    std::optional<net::Fetcher> fetcher_;
    std::optional<translate::TranslateWork> work_;
};

void collect_translation_metrics(store::Database& database, http::Metrics& metrics);

}  // namespace recall::ops
