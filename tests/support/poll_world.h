#pragma once
// A source polled from the stand-in into a database of a test: what every suite of polls needs. The
// calendar stands at 2026-11-25, shortly after the newest of the stand-in's recalls. One thread.

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "gateway/ingest/run.h"
#include "gateway/ingest/schedule.h"
#include "gateway/mapping/mapping_file.h"
#include "gateway/store/notices.h"
#include "gateway/store/quarantine.h"
#include "tests/support/standin.h"
#include "tests/support/stores.h"

namespace recall::test {

class PollClock final : public Clock {
  public:
    Instant now() const override { return now_.load(); }
    void turn(std::chrono::milliseconds by) { now_ = now_.load() + by; }

  private:
    std::atomic<Instant> now_{Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 25)) +
                              std::chrono::hours(12)};
};

// Nobody is waited for, and the stand-in is small; otherwise as the mapping file says.
ingest::PolledSource quick_source(const std::string& source);

class PollWorld {
  public:
    PollWorld(TestStore& store, const std::string& source,
              StandInOptions options = stand_in_options());

    StandIn& site() { return site_; }
    mapping::Mapping& mapping() { return source_.mapping; }
    mapping::FetchPlan& plan() { return *source_.mapping.fetch; }
    const ingest::PolledSource& source() const { return source_; }
    const ingest::RunParts& parts() const { return parts_; }
    PollClock& clock() { return clock_; }
    store::Database& database() { return store_.database(); }

    // An hour after the last one; must not be refused.
    ingest::RunReport poll(const ingest::RunOptions& options = {});
    ingest::RunReport poll_full();
    ingest::RunReport poll_incremental();

    std::optional<store::StoredNotice> notice(const std::string& key);
    std::vector<store::NoticeRevision> revisions(const std::string& key);
    long long notices();
    std::vector<store::QuarantinedRecord> quarantined();
    // Of every notice of the source, in order.
    std::string contents();

  private:
    TestStore& store_;
    TempFolder folder_;
    PollClock clock_;
    StandIn site_;
    net::Fetcher fetcher_;
    ingest::PolledSource source_;
    ingest::RunParts parts_;
};

// A copy of the mappings in which one text of one file reads otherwise; the path of the copy.
std::string changed_mappings(const TempFolder& folder, const std::string& file,
                             const std::string& from, const std::string& to);

// "fetched 22, new 22, changed 0, unchanged 0, vanished 0, quarantined 0"
std::string counts_of(const ingest::RunReport& report);

}  // namespace recall::test
