// recallgw poll: one run of each source named, now.

#include <csignal>
#include <iostream>
#include <thread>

#include "gateway/base/clock.h"
#include "gateway/base/failure.h"
#include "gateway/base/uuid.h"
#include "gateway/ingest/run.h"
#include "gateway/ops/command.h"
#include "gateway/ops/configuration.h"
#include "gateway/ops/mappings.h"
#include "gateway/ops/open_database.h"
#include "gateway/ops/poll_role.h"
#include "gateway/ops/source_switches.h"

namespace recall::ops {
namespace {

// TERM and INT end the run between two documents. While it lives they are blocked for this thread
// and those it starts.
class StopOnSignal {
  public:
    explicit StopOnSignal(net::Fetcher& fetcher) {
        sigemptyset(&set_);
        for (const int signal : {SIGTERM, SIGINT})
            sigaddset(&set_, signal);
        pthread_sigmask(SIG_BLOCK, &set_, &before_);
        thread_ = std::jthread([this, &fetcher](const std::stop_token& own) {
            constexpr timespec moment{0, 100'000'000};
            while (!own.stop_requested()) {
                if (sigtimedwait(&set_, nullptr, &moment) < 0) continue;
                stop_.request_stop();
                fetcher.stop();
                return;
            }
        });
    }
    ~StopOnSignal() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    StopOnSignal(const StopOnSignal&) = delete;
    StopOnSignal& operator=(const StopOnSignal&) = delete;

    std::stop_token token() const { return stop_.get_token(); }

  private:
    sigset_t set_{};
    sigset_t before_{};
    std::stop_source stop_;
    std::jthread thread_;
};

Result<std::vector<ingest::PolledSource>> chosen(const Arguments& arguments,
                                                 const settings::Settings& settings) {
    const auto mappings = open_mappings(settings.data_mappings);
    if (arguments.has("all") == !arguments.words().empty())
        return Error{ErrorCode::usage, "give one SOURCE or more, or --all"};
    if (arguments.has("all")) return polled_sources(settings, mappings);
    const Result<SourceSwitches> switches = SourceSwitches::read(settings, mappings);
    if (!switches) return switches.error();
    std::vector<ingest::PolledSource> out;
    for (const std::string& word : arguments.words()) {
        Result<ingest::PolledSource> source = polled_source(settings, mappings, word);
        if (!source) return source.error();
        if (const std::string why = switches->off_because(source->mapping); !why.empty())
            std::cerr << word << " is otherwise switched off: " << why << '\n';
        out.push_back(std::move(*source));
    }
    return out;
}

Result<ingest::RunOptions> run_options(const Arguments& arguments) {
    ingest::RunOptions options;
    if (arguments.has("full")) options.scope = ingest::Scope::full;
    options.is_pressed = arguments.has("now");
    if (!arguments.has("since")) return options;
    if (arguments.has("full")) return Error{ErrorCode::usage, "give --since or --full, not both"};
    const Result<Date> since = parse_date(arguments.value("since"));
    if (!since) return Error{ErrorCode::usage, "--since: " + since.error().text};
    options.since = first_day(*since);
    return options;
}

void print(const std::string& source, const ingest::RunReport& report) {
    const store::RunCounts& counts = report.counts;
    std::cout << source << ": " << spelling(report.state) << ", fetched " << counts.fetched
              << ", new " << counts.created << ", changed " << counts.changed << ", unchanged "
              << counts.unchanged << ", vanished " << counts.vanished << ", quarantined "
              << counts.quarantined << '\n'
              << std::flush;
}

// The greatest of those that apply, so that several sources come to one code too.
int exit_code_of(const ingest::RunReport& report) {
    if (report.state == store::RunState::failed) return exit_failed;
    if (report.counts.quarantined > 0) return exit_quarantined;
    return report.state == store::RunState::degraded ? exit_not_so : exit_done;
}

Result<int> run(const Arguments& arguments) {
    Result<ingest::RunOptions> options = run_options(arguments);
    if (!options) return options.error();
    const settings::Settings settings = load_settings(arguments);
    const auto sources = chosen(arguments, settings);
    if (!sources) return sources.error();
    const auto database = open_migrated_database(settings);
    const SystemClock clock;
    net::Fetcher fetcher(fetcher_options(settings), clock);
    const StopOnSignal signals(fetcher);
    options->stop = signals.token();
    const ingest::RunParts parts{*database, fetcher, clock, make_uuid(clock.now())};
    int exit_code = exit_done;
    for (const ingest::PolledSource& source : *sources) {
        const auto report = ingest::run_source(parts, source.mapping, source.adapter, *options);
        if (!report) {
            const bool is_early = report.error().code == ErrorCode::rate_limited;
            std::cerr << source.mapping.source << ": " << report.error().line()
                      << (is_early ? "; --now polls it all the same" : "") << '\n';
            exit_code = exit_failed;
            continue;
        }
        print(source.mapping.source, *report);
        if (options->stop.stop_requested()) return exit_failed;
        exit_code = std::max(exit_code, exit_code_of(*report));
    }
    return exit_code;
}

}  // namespace

const Command& poll_command() {
    static const Command command{
        .name = "poll",
        .summary = "fetch sources now and store what they say",
        .words = "SOURCE… | --all",
        .options = with_settings(
            {{"all", "", "every source that is not switched off"},
             {"since", "DATE", "what changed since then; default: since the last healthy run"},
             {"full", "", "the complete listing, although none is due"},
             {"now", "", "although the server asked (Retry-After) to be left alone until later"}}),
        .details =
            "One line a source: state of the run, and how many records were fetched, new, "
            "changed,\n"
            "unchanged, vanished and quarantined. A degraded run stored what was good; why it is\n"
            "degraded is said on standard error and by `source show`. TERM or INT ends the run\n"
            "between two documents. A source that is switched off is polled when it is named. One\n"
            "whose server asked to be left alone is not polled before that time (at most 24 hours\n"
            "off), neither here nor by the schedule, unless --now says so.\n"
            "Exit codes: 0 every run was healthy, 1 one was degraded, 2 wrong usage or unknown "
            "source,\n"
            "3 some records were quarantined, 4 a source failed or was not polled; the greatest "
            "of\n"
            "those that apply.",
        .run = run};
    return command;
}

}  // namespace recall::ops
