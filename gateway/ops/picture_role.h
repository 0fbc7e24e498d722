#pragma once
// Fetching pictures as serve runs it, in the role poll, made from the settings. Start and stop from
// one thread.

#include "gateway/net/fetch.h"
#include "gateway/pictures/work.h"
#include "gateway/settings/settings.h"

namespace recall::ops {

pictures::PictureWorkOptions picture_options(const settings::Settings& settings);

class PictureRole {
  public:
    // Makes the folder for bodies, as fetcher_options does.
    PictureRole(const settings::Settings& settings, store::Database& database, const Clock& clock);

    void start() { work_.start(); }
    void stop() { work_.stop(); }
    void wake() { work_.wake(); }

  private:
    net::Fetcher fetcher_;
    pictures::PictureWork work_;
};

}  // namespace recall::ops
