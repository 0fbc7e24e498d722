#include "gateway/ingest/schedule.h"

#include <pthread.h>

#include <algorithm>

#include "gateway/base/failure.h"
#include "gateway/base/log.h"
#include "gateway/ingest/next_poll.h"
#include "gateway/store/leases.h"
#include "gateway/store/source_state.h"

namespace recall::ingest {
namespace {

// From 0 up to 1, the same on every gateway: FNV-1a of the source and its run.
double jitter_share(const std::string& source, long long run) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : source + "/" + std::to_string(run)) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 1099511628211ULL;
    }
    constexpr std::uint64_t parts = 1'000'003;
    return static_cast<double>(hash % parts) / static_cast<double>(parts);
}

}  // namespace

Instant due_at(const mapping::FetchSchedule& schedule, const std::string& source,
               const std::optional<store::Run>& latest, Instant now) {
    const std::chrono::minutes every(schedule.every_minutes);
    if (!latest) return next_poll(schedule, now - every, 0);
    const Result<Instant> started = parse_instant(latest->started_at);
    if (!started) return now;
    mapping::FetchSchedule sooner = schedule;
    if (latest->state == store::RunState::failed)
        sooner.every_minutes = std::min(schedule.every_minutes, retry_minutes);
    return next_poll(sooner, *started, jitter_share(source, latest->id));
}

std::optional<Instant> next_due(store::Session& session, const mapping::Mapping& mapping,
                                const std::optional<store::Run>& latest, Instant now) {
    const std::string& source = mapping.source;
    if (store::Leases(session).holder(lease_name(source), now)) return std::nullopt;
    const bool has_died = latest && latest->state == store::RunState::running;
    const bool was_stopped = store::Cursors(session).get(source, stopped_cursor).has_value();
    const mapping::FetchSchedule& schedule = mapping.fetch.value().schedule;
    const Instant due = has_died || was_stopped ? now : due_at(schedule, source, latest, now);
    const std::optional<Instant> until = asked_until(session, source, now);
    if (!until || *until <= due) return due;
    // When it is open next.
    return next_poll(schedule, *until - std::chrono::minutes(schedule.every_minutes), 0);
}

Schedule::Schedule(RunParts parts, std::vector<PolledSource> sources, ScheduleOptions options)
    : parts_(std::move(parts)), sources_(std::move(sources)), options_(options) {
    std::erase_if(sources_, [](const PolledSource& source) {
        return !source.mapping.fetch || source.adapter == nullptr;
    });
}

Schedule::~Schedule() { stop(); }

void Schedule::start() {
    for (std::size_t i = 0; i < options_.workers; ++i) {
        workers_.emplace_back([this](const std::stop_token& stop) {
            pthread_setname_np(pthread_self(), "poll");
            work(stop);
        });
    }
}

void Schedule::stop() {
    if (workers_.empty()) return;
    for (std::jthread& worker : workers_)
        worker.request_stop();
    parts_.fetcher.stop();
    workers_.clear();
}

int Schedule::run_due(const std::stop_token& stop) {
    int runs = 0;
    while (!stop.stop_requested()) {
        const std::optional<Turn> turn = take_turn();
        if (!turn || !carry_out(*turn, stop)) return runs;
        ++runs;
    }
    return runs;
}

void Schedule::work(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        try {
            run_due(stop);
        } catch (const Failure& failure) {
            log(failure.error(), "ingest");
        }
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, options_.look_every, [] { return false; });
    }
}

std::optional<Schedule::Turn> Schedule::take_turn() {
    const Instant now = parts_.clock.now();
    const store::SessionLease session = parts_.database.lease();
    const std::lock_guard lock(mutex_);
    for (const PolledSource& source : sources_) {
        if (busy_.contains(&source)) continue;
        const std::string& id = source.mapping.source;
        const std::optional<store::Run> latest = store::Runs(*session).latest(id);
        const std::optional<Instant> due = next_due(*session, source.mapping, latest, now);
        if (!due || *due > now) continue;
        busy_.insert(&source);
        return Turn{&source, latest ? latest->id : 0};
    }
    return std::nullopt;
}

bool Schedule::carry_out(const Turn& turn, const std::stop_token& stop) {
    struct Release {
        Schedule& schedule;
        const PolledSource* source;
        ~Release() {
            const std::lock_guard lock(schedule.mutex_);
            schedule.busy_.erase(source);
        }
    };
    const Release release{*this, turn.source};
    RunOptions options;
    options.latest_run = turn.latest_run;
    options.stop = stop;
    const Result<RunReport> report =
        run_source(parts_, turn.source->mapping, turn.source->adapter, options);
    if (!report) {
        log(LogLevel::debug, "ingest", report.error().text,
            {{"source", turn.source->mapping.source}});
        return false;
    }
    return true;
}

}  // namespace recall::ingest
