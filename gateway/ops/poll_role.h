#pragma once
// Polling as serve and the poll command do it, made from the settings: the fetcher, the sources
// with their adapters, and the schedule. The constructor throws Failure(bad_mapping) or
// Failure(io). Start and stop from one thread.

#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/ingest/schedule.h"
#include "gateway/net/fetch.h"
#include "gateway/settings/settings.h"
#include "gateway/store/database.h"

namespace recall::ops {

// How the settings have documents fetched. Makes the folder for bodies in data.folder, and clears
// it of what was left behind.
net::FetcherOptions fetcher_options(const settings::Settings& settings);

// A source ready to be polled. A stand-in is not spared as its source is, and has fewer records.
// Fails with bad_mapping, with usage (and near misses) when there is no such source.
Result<ingest::PolledSource> polled_source(const settings::Settings& settings,
                                           const mapping::MappingFolder& mappings,
                                           const std::string& source);

// Every source whose mapping says how it is fetched, but for those that are switched off. Throws
// Failure(config) when poll.enable or poll.disable names no source.
std::vector<ingest::PolledSource> polled_sources(const settings::Settings& settings,
                                                 const mapping::MappingFolder& mappings);

class PollRole {
  public:
    PollRole(const settings::Settings& settings, store::Database& database, const Clock& clock);

    void start() { schedule_.start(); }
    void stop() { schedule_.stop(); }

  private:
    net::Fetcher fetcher_;
    ingest::Schedule schedule_;
};

}  // namespace recall::ops
