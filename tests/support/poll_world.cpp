#include "tests/support/poll_world.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "adapters/registry.h"

namespace recall::test {

ingest::PolledSource quick_source(const std::string& source) {
    const auto folder = mapping::MappingFolder::open(RECALLGW_SOURCE_DIR "/mappings");
    mapping::Mapping mapping = folder.value().load(source).value();
    mapping::FetchPlan& plan = *mapping.fetch;
    plan.manners.interval_ms = 0;
    plan.manners.backoff_ms = 1;
    plan.manners.backoff_max_ms = 2;
    plan.manners.attempts_max = 2;
    plan.bounds.full_min = 1;
    // The stand-in has one bad record in twenty.
    plan.bounds.quarantine_percent_max = 10;
    const ingest::Adapter adapter = adapters::find_adapter(plan.adapter);
    return {std::move(mapping), adapter};
}

PollWorld::PollWorld(TestStore& store, const std::string& source, StandInOptions options)
    : store_(store),
      site_(std::move(options)),
      fetcher_({.spool_folder = folder_.path().string(), .stand_in = site_.url()}, clock_),
      source_(quick_source(source)),
      parts_{store.database(), fetcher_, clock_, "tester"} {}

ingest::RunReport PollWorld::poll(const ingest::RunOptions& options) {
    clock_.turn(std::chrono::hours(1));
    const auto report = ingest::run_source(parts_, source_.mapping, source_.adapter, options);
    BOOST_REQUIRE_MESSAGE(report.ok(), (report.ok() ? "" : report.error().line()));
    return *report;
}

ingest::RunReport PollWorld::poll_full() {
    ingest::RunOptions options;
    options.scope = ingest::Scope::full;
    return poll(options);
}

ingest::RunReport PollWorld::poll_incremental() {
    ingest::RunOptions options;
    options.scope = ingest::Scope::incremental;
    return poll(options);
}

std::optional<store::StoredNotice> PollWorld::notice(const std::string& key) {
    const auto session = database().lease();
    return store::Notices(*session).get(source_.mapping.source + ":" + key);
}

std::vector<store::NoticeRevision> PollWorld::revisions(const std::string& key) {
    const auto session = database().lease();
    return store::Notices(*session).revisions(source_.mapping.source + ":" + key);
}

long long PollWorld::notices() {
    const auto session = database().lease();
    return store::Notices(*session).count(source_.mapping.source);
}

std::vector<store::QuarantinedRecord> PollWorld::quarantined() {
    const auto session = database().lease();
    return store::Quarantine(*session)
        .list(source_.mapping.source, store::QuarantineState::open, "", store::page_rows_max)
        .value()
        .rows;
}

std::string PollWorld::contents() {
    const auto session = database().lease();
    store::NoticeFilter filter;
    filter.source = source_.mapping.source;
    std::string out;
    std::string cursor;
    while (true) {
        const auto page = store::Notices(*session).list(filter, store::NoticeOrder::changes, cursor,
                                                        store::page_rows_max);
        if (page.value().rows.empty()) return out;
        for (const store::StoredNotice& notice : page->rows)
            out += notice.id + " " + notice.state + " " + notice.content_hash + "\n";
        cursor = page->cursor;
    }
}

std::string changed_mappings(const TempFolder& folder, const std::string& file,
                             const std::string& from, const std::string& to) {
    const std::filesystem::path copy = folder.path() / "mappings";
    std::filesystem::copy(RECALLGW_SOURCE_DIR "/mappings", copy,
                          std::filesystem::copy_options::recursive |
                              std::filesystem::copy_options::overwrite_existing);
    std::ostringstream text;
    text << std::ifstream(copy / file).rdbuf();
    std::string mapping = text.str();
    const std::size_t at = mapping.find(from);
    BOOST_REQUIRE(at != std::string::npos);
    mapping.replace(at, from.size(), to);
    std::ofstream(copy / file) << mapping;
    return copy.string();
}

std::string counts_of(const ingest::RunReport& report) {
    const store::RunCounts& counts = report.counts;
    return "fetched " + std::to_string(counts.fetched) + ", new " + std::to_string(counts.created) +
           ", changed " + std::to_string(counts.changed) + ", unchanged " +
           std::to_string(counts.unchanged) + ", vanished " + std::to_string(counts.vanished) +
           ", quarantined " + std::to_string(counts.quarantined);
}

}  // namespace recall::test
