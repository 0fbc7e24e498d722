#include "gateway/ingest/run.h"

#include <algorithm>

#include "gateway/base/log.h"
#include "gateway/ingest/judge.h"
#include "gateway/ingest/lease_keeper.h"
#include "gateway/ingest/next_poll.h"
#include "gateway/ingest/run_intake.h"
#include "gateway/ingest/survey.h"
#include "gateway/store/documents.h"
#include "gateway/store/notices.h"
#include "gateway/store/quarantine.h"
#include "gateway/store/source_state.h"

namespace recall::ingest {
namespace {

std::optional<Instant> instant_of(const std::optional<std::string>& text) {
    if (!text) return std::nullopt;
    const Result<Instant> instant = parse_instant(*text);
    return instant ? std::optional(*instant) : std::nullopt;
}

class Run {
  public:
    Run(const RunParts& parts, const mapping::Mapping& mapping, const RunOptions& options)
        : options_(options), work_{parts, mapping, options.stop} {}

    // Lease, row, and what the source remembers; conflict.
    Result<void> begin();
    RunReport carry_out(Adapter adapter);

  private:
    const mapping::FetchPlan& plan() const { return *work_.mapping.fetch; }
    store::Database& database() const { return work_.parts.database; }
    Task task() const;
    bool had_nothing() const { return work_.documents_taken == 0 && work_.error_count > 0; }
    void judge(Coverage coverage);
    void look_for_vanished(Coverage coverage);
    void mark_vanished(long long since_run);
    bool has_changed_notices() const;
    void look_at_coverage();
    void save_coverage(store::Session& session) const;
    RunReport finish(const std::optional<Error>& failure);
    std::string reason(const std::optional<Error>& failure) const;

    const RunOptions& options_;
    RunWork work_;
    Instant started_;
    Scope scope_ = Scope::full;
    std::optional<Instant> last_healthy_;
    bool was_run_before_ = false;
    long long before_ = 0;
    std::vector<std::string> departures_;
    bool is_survey_due_ = false;
    std::optional<Survey> survey_;
};

Result<void> Run::begin() {
    started_ = work_.parts.clock.now();
    const std::string& source = work_.source();
    return store::in_write_transaction(database(), [&](store::Session& session) -> Result<void> {
        store::Runs runs(session);
        if (options_.latest_run) {
            const std::optional<store::Run> latest = runs.latest(source);
            if ((latest ? latest->id : 0) != *options_.latest_run)
                return {ErrorCode::conflict, source + " was polled elsewhere meanwhile"};
        }
        const auto until = asked_until(session, source, started_);
        if (until && !options_.is_pressed) {
            return {ErrorCode::rate_limited,
                    source + " asked to be left alone until " + to_text(*until)};
        }
        if (!hold_lease(session, work_.parts, source))
            return {ErrorCode::conflict,
                    source + " is being polled elsewhere, or was until a moment ago"};
        // Whoever had the lease before did not come to its end.
        runs.fail_unfinished(source, "the gateway stopped while it ran", started_);
        was_run_before_ = runs.latest(source).has_value();
        work_.run = runs.start(source, started_);
        store::Cursors cursors(session);
        cursors.erase(source, stopped_cursor);
        last_healthy_ = instant_of(cursors.get(source, last_healthy_cursor));
        const auto last_full = instant_of(cursors.get(source, last_full_cursor));
        const bool is_due = is_rescan_due(plan().schedule, last_full, started_);
        scope_ = options_.since
                     ? Scope::incremental
                     : options_.scope.value_or(is_due ? Scope::full : Scope::incremental);
        is_survey_due_ = cursors.get(source, surveyed_cursor) != work_.mapping.version;
        before_ = store::Fingerprints(session).present_count(source);
        work_.has_quarantined = store::Quarantine(session).open_count(source) > 0;
        return {};
    });
}

Task Run::task() const {
    constexpr Date long_ago{1970, 1, 1};
    const mapping::FetchSchedule& schedule = plan().schedule;
    Date since = last_healthy_ ? date_at_source(schedule, *last_healthy_) : long_ago;
    if (options_.since) since = *options_.since;
    const bool is_first = scope_ == Scope::full && !was_run_before_;
    return {plan(), scope_, since, date_at_source(schedule, started_), is_first};
}

RunReport Run::carry_out(Adapter adapter) {
    try {
        const LeaseKeeper keeper(work_.parts, work_.source());
        RunIntake intake(work_);
        Coverage coverage = adapter(task(), intake);
        if (intake.is_over()) coverage = Coverage::partial;
        judge(coverage);
        look_at_coverage();
        return finish(std::nullopt);
    } catch (const Failure& failure) {
        return finish(failure.error());
    }
}

void Run::judge(Coverage coverage) {
    // A source that gave nothing is not judged by how much it gave.
    if (work_.stop.stop_requested() || had_nothing()) return;
    RunFacts facts{scope_, work_.counts, 0, before_};
    {
        const store::SessionLease session = database().lease();
        facts.known = store::Fingerprints(*session).present_count(work_.source()) -
                      store::Documents(*session).adrift_count(work_.source(), work_.run);
    }
    departures_ = departures(plan().bounds, facts);
    if (departures_.empty()) look_for_vanished(coverage);
}

void Run::look_for_vanished(Coverage coverage) {
    using mapping::Vanishing;
    const bool is_complete = coverage == Coverage::complete;
    const Vanishing how = plan().vanishing;
    if (how == Vanishing::never || (how == Vanishing::by_listing && !is_complete)) return;
    // Without a complete listing only what a document itself let go is missing.
    const long long since_run = is_complete ? work_.run : 0;
    const long long missing = [&] {
        const store::SessionLease session = database().lease();
        return store::Documents(*session).adrift_count(work_.source(), since_run);
    }();
    if (missing > 0 && work_.nameless > 0) {
        departures_.push_back(std::to_string(missing) + " records are missing, but " +
                              std::to_string(work_.nameless) +
                              " without a key may be those: none was marked vanished");
        return;
    }
    if (auto why = too_many_vanished(plan().bounds, missing, before_)) {
        departures_.push_back(std::move(*why));
        return;
    }
    mark_vanished(since_run);
}

void Run::mark_vanished(long long since_run) {
    const std::string& source = work_.source();
    std::string after;
    bool is_done = false;
    while (!is_done) {
        long long vanished = 0;
        std::vector<std::string> keys;
        in_run_transaction(work_.parts, source, [&](store::Session& session) {
            vanished = 0;
            keys = store::Documents(session).adrift(source, since_run, after, records_a_batch);
            const Instant now = work_.parts.clock.now();
            for (const std::string& key : keys) {
                const auto marked = store::Notices(session).mark_vanished(source + ":" + key, now);
                // A record that was never more than quarantined has no notice.
                if (marked && marked->change == store::NoticeChange::vanished) ++vanished;
                store::Fingerprints(session).mark_absent(source, key);
            }
            if (keys.size() < records_a_batch)
                store::Documents(session).forget_unlisted(source, since_run);
        });
        work_.counts.vanished += vanished;
        is_done = keys.size() < records_a_batch;
        if (!keys.empty()) after = keys.back();
    }
}

bool Run::has_changed_notices() const {
    const store::RunCounts& counts = work_.counts;
    return counts.created + counts.changed + counts.vanished > 0;
}

// Reads every notice of the source, hence not in a run that changed none.
void Run::look_at_coverage() {
    if (work_.stop.stop_requested() || !(is_survey_due_ || has_changed_notices())) return;
    const store::SessionLease session = database().lease();
    survey_ = survey(*session, work_.source());
}

void Run::save_coverage(store::Session& session) const {
    const std::string& source = work_.source();
    store::Cursors cursors(session);
    if (survey_) {
        store::FieldCoverage coverage(session);
        coverage.clear(source);
        coverage.add(source, coverage_of(*survey_));
        cursors.set(source, surveyed_cursor, work_.mapping.version);
    } else if (has_changed_notices()) {
        cursors.erase(source, surveyed_cursor);  // the next run makes up for it
    }
}

std::string Run::reason(const std::optional<Error>& failure) const {
    std::string out;
    const auto add = [&out](const std::string& part) {
        if (!out.empty()) out += "; ";
        out += part;
    };
    if (failure) add(failure->line());
    if (work_.stop.stop_requested()) add("stopped before its end");
    for (const std::string& departure : departures_)
        add(departure);
    for (const Error& error : work_.errors)
        add(error.line());
    const auto told = static_cast<long long>(work_.errors.size());
    if (work_.error_count > told) add("and " + std::to_string(work_.error_count - told) + " more");
    return out;
}

RunReport Run::finish(const std::optional<Error>& failure) {
    using store::RunState;
    RunReport report{work_.run, RunState::healthy, reason(failure), work_.counts};
    if (!report.reason.empty()) report.state = RunState::degraded;
    if (failure || had_nothing()) report.state = RunState::failed;
    const std::string& source = work_.source();
    store::in_write_transaction(database(), [&](store::Session& session) {
        const Instant now = work_.parts.clock.now();
        store::Runs(session).finish(work_.run, report.state, report.reason, report.counts, now);
        release_lease(session, work_.parts, source);
        save_coverage(session);
        store::Cursors cursors(session);
        if (work_.stop.stop_requested()) cursors.set(source, stopped_cursor, to_text(now));
        if (work_.asked_until) {
            const Instant until = std::min(*work_.asked_until, Instant(now + asked_wait_max));
            cursors.set(source, asked_until_cursor, to_text(until));
        } else {
            cursors.erase(source, asked_until_cursor);
        }
        if (report.state != RunState::healthy) return;
        cursors.set(source, last_healthy_cursor, to_text(started_));
        if (scope_ == Scope::full) cursors.set(source, last_full_cursor, to_text(started_));
    });
    if (report.state != RunState::healthy) {
        log(report.state == RunState::failed ? LogLevel::error : LogLevel::warning, "ingest",
            "a run is " + std::string(spelling(report.state)) + ": " + report.reason,
            {{"source", source}});
    }
    return report;
}

}  // namespace

std::optional<Instant> asked_until(store::Session& session, const std::string& source,
                                   Instant now) {
    const auto until = instant_of(store::Cursors(session).get(source, asked_until_cursor));
    return until && *until > now ? until : std::nullopt;
}

Result<RunReport> run_source(const RunParts& parts, const mapping::Mapping& mapping,
                             Adapter adapter, const RunOptions& options) {
    if (!mapping.fetch)
        return {ErrorCode::bad_mapping, mapping.file + " does not say how the source is fetched"};
    Run run(parts, mapping, options);
    if (Result<void> begun = run.begin(); !begun) return begun.error();
    return run.carry_out(adapter);
}

}  // namespace recall::ingest
