// recallgw source list | show | check: how the sources fare.

#include <cstdio>
#include <iomanip>
#include <iostream>

#include "gateway/base/clock.h"
#include "gateway/ingest/first_look.h"
#include "gateway/ingest/record_writer.h"
#include "gateway/ingest/schedule.h"
#include "gateway/mapping/field_counts.h"
#include "gateway/ops/command.h"
#include "gateway/ops/configuration.h"
#include "gateway/ops/mappings.h"
#include "gateway/ops/open_database.h"
#include "gateway/ops/poll_role.h"
#include "gateway/ops/source_switches.h"
#include "gateway/store/notices.h"
#include "gateway/store/quarantine.h"
#include "gateway/store/source_state.h"

namespace recall::ops {
namespace {

constexpr std::size_t runs_shown = 5;

std::string state_of(const std::optional<store::Run>& run) {
    return run ? std::string(spelling(run->state)) : "never polled";
}

// When the source is polled next, or why it is not: "-" while it is being polled.
std::string next_poll(store::Session& session, const SourceSwitches& switches,
                      const Result<ingest::PolledSource>& source,
                      const std::optional<store::Run>& latest) {
    if (!source) return "-";
    const std::string why = switches.off_because(source->mapping);
    if (!why.empty()) return "off: " + why;
    const auto due = ingest::next_due(session, source->mapping, latest, SystemClock().now());
    return due ? to_text(*due) : "-";
}

Result<int> list(const Arguments& arguments) {
    const auto settings = load_settings(arguments);
    const auto mappings = open_mappings(settings.data_mappings);
    const auto switches = SourceSwitches::read(settings, mappings);
    if (!switches) return switches.error();
    const auto database = open_migrated_database(settings);
    const store::SessionLease session = database->lease();
    for (const std::string& id : mappings.sources()) {
        const auto latest = store::Runs(*session).latest(id);
        std::cout << id << '\t' << state_of(latest) << '\t' << (latest ? latest->started_at : "-")
                  << '\t' << store::Notices(*session).count(id) << '\t'
                  << store::Quarantine(*session).open_count(id) << '\t'
                  << next_poll(*session, *switches, polled_source(settings, mappings, id), latest)
                  << '\n';
    }
    return exit_done;
}

void print_plan(const mapping::Mapping& mapping) {
    std::cout << mapping.source << ": " << mapping.about.title << "\n  mapping " << mapping.stamp()
              << ", " << mapping.about.home << '\n';
    if (!mapping.fetch) return;
    const mapping::FetchBounds& bounds = mapping.fetch->bounds;
    const long long minutes = mapping.fetch->schedule.every_minutes;
    std::cout << "  polled every "
              << (minutes > 0 ? std::to_string(minutes) : std::string("poll.interval_minutes"))
              << " minutes, complete listing every " << mapping.fetch->schedule.rescan_hours
              << " hours\n  bounds: full run " << bounds.full_min << " to " << bounds.full_max
              << " records, incremental run at most " << bounds.incremental_max
              << ", quarantined at most " << bounds.quarantine_percent_max
              << " %, vanished at most " << bounds.vanished_percent_max << " %\n";
}

void print_runs(store::Session& session, const std::string& source) {
    for (const store::Run& run : store::Runs(session).list(source, runs_shown)) {
        const store::RunCounts& counts = run.counts;
        std::cout << "  " << run.started_at << ' ' << spelling(run.state) << ": fetched "
                  << counts.fetched << ", new " << counts.created << ", changed " << counts.changed
                  << ", unchanged " << counts.unchanged << ", vanished " << counts.vanished
                  << ", quarantined " << counts.quarantined << '\n';
        if (!run.reason.empty()) std::cout << "    " << run.reason << '\n';
    }
}

std::string percent(long long part, long long whole) {
    constexpr long long tenths = 1000;
    if (whole == 0) return "-";
    const long long value = (part * tenths + whole / 2) / whole;
    return std::to_string(value / 10) + "." + std::to_string(value % 10) + " %";
}

// Every field of a notice, those that no notice has too: what is missing is what one looks for.
void print_coverage(store::Session& session, const std::string& source) {
    std::map<std::string, store::FieldCount> rows;
    for (store::FieldCount& row : store::FieldCoverage(session).list(source))
        rows.emplace(row.path, row);
    const long long notices = rows[std::string(ingest::coverage_total_path)].mapped;
    rows.erase(std::string(ingest::coverage_total_path));
    mapping::FieldCounts fields;
    fields.add({});
    for (const auto& [path, count] : fields.counts())
        rows.try_emplace(path, store::FieldCount{path, 0, 0, 0});
    std::cout << "fields of " << notices << " notices mapped\n";
    for (const auto& [path, row] : rows) {
        if (row.unmapped > 0) continue;
        std::cout << "  " << std::left << std::setw(32) << path << std::right << std::setw(8)
                  << row.mapped << std::setw(10) << percent(row.mapped, notices) << '\n';
    }
    for (const auto& [path, row] : rows) {
        if (row.unmapped > 0)
            std::cout << "  unmapped " << path << ": " << row.unmapped << " values\n";
    }
}

Result<int> show(const Arguments& arguments) {
    if (arguments.words().size() != 1) return Error{ErrorCode::usage, "give one SOURCE"};
    const std::string& source = arguments.words().front();
    const auto settings = load_settings(arguments);
    const auto mappings = open_mappings(settings.data_mappings);
    const auto mapping = load_known_mapping(mappings, source);
    if (!mapping) return mapping.error();
    const auto switches = SourceSwitches::read(settings, mappings);
    if (!switches) return switches.error();
    const auto database = open_migrated_database(settings);
    const store::SessionLease session = database->lease();
    print_plan(*mapping);
    const auto latest = store::Runs(*session).latest(source);
    std::cout << "  " << state_of(latest) << "; " << store::Notices(*session).count(source)
              << " notices, " << store::Fingerprints(*session).present_count(source)
              << " records at the source, " << store::Quarantine(*session).open_count(source)
              << " quarantined\n";
    std::cout << "  next poll "
              << next_poll(*session, *switches, polled_source(settings, mappings, source), latest)
              << '\n';
    std::cout << "runs\n";
    print_runs(*session, source);
    print_coverage(*session, source);
    return exit_done;
}

Result<int> check(const Arguments& arguments) {
    if (arguments.words().size() != 1) return Error{ErrorCode::usage, "give one SOURCE"};
    const auto settings = load_settings(arguments);
    const auto source =
        polled_source(settings, open_mappings(settings.data_mappings), arguments.words().front());
    if (!source) return source.error();
    const SystemClock clock;
    net::Fetcher fetcher(fetcher_options(settings), clock);
    const ingest::FirstLook look =
        ingest::look_at(source->mapping, source->adapter, fetcher, clock.now());
    std::cout << look.url << '\n';
    if (look.bytes > 0) {
        std::cout << look.bytes << " bytes, " << look.media_type << ", SHA-256 " << look.sha256
                  << '\n';
    }
    if (source->mapping.fetch->lists.front().entries) {
        std::cout << look.entries << " entries\n";
    } else {
        std::cout << look.records << " records: " << look.notices << " notices, "
                  << look.quarantined << " to be quarantined\n";
    }
    for (const auto& [code, count] : look.issues)
        std::cout << "  " << count << ' ' << code << '\n';
    for (const Error& error : look.errors)
        std::cout << error.line() << '\n';
    return look.errors.empty() ? exit_done : exit_not_so;
}

}  // namespace

const Command& source_list_command() {
    static const Command command{"source list",
                                 "list the sources and how their latest runs went",
                                 "",
                                 with_settings(),
                                 "One line a source, tabs between: ID, state, start of the latest "
                                 "run, notices, quarantined\n"
                                 "records, when it is polled next, or why it is switched off.",
                                 list};
    return command;
}

const Command& source_show_command() {
    static const Command command{
        "source show",
        "show a source: bounds, latest runs, how often each field is there",
        "SOURCE",
        with_settings(),
        "Fields are counted over the records mapped since the mapping's version changed.",
        show};
    return command;
}

const Command& source_check_command() {
    static const Command command{
        "source check",
        "fetch a source's first listing and say what came, without storing it",
        "SOURCE",
        with_settings(),
        "Exit codes: 0 it is what the mapping file expects, 1 it is not.",
        check};
    return command;
}

}  // namespace recall::ops
