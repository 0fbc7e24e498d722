// recallgw source show | check: how a source fares.

#include <algorithm>
#include <iomanip>
#include <iostream>

#include "gateway/base/clock.h"
#include "gateway/ingest/first_look.h"
#include "gateway/ingest/set_aside.h"
#include "gateway/ingest/survey.h"
#include "gateway/ops/command.h"
#include "gateway/ops/configuration.h"
#include "gateway/ops/mappings.h"
#include "gateway/ops/next_poll.h"
#include "gateway/ops/open_database.h"
#include "gateway/ops/poll_role.h"
#include "gateway/store/documents.h"
#include "gateway/store/notices.h"
#include "gateway/store/quarantine.h"
#include "gateway/store/source_state.h"

namespace recall::ops {
namespace {

constexpr std::size_t runs_shown = 5;
constexpr std::size_t aside_shown = 20;
constexpr std::size_t texts_shown = 10;

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

void print_set_aside(store::Session& session, const mapping::Mapping& mapping) {
    const auto documents = store::Documents(session).without_copy(mapping.source, aside_shown);
    if (documents.empty()) return;
    std::cout << "set aside, because nothing is where their entries lead\n";
    for (const store::SourceDocument& document : documents) {
        const auto aside = ingest::read_aside(mapping.version, document.fingerprint);
        std::cout << "  " << document.key << ": "
                  << (aside ? "attempt " + std::to_string(aside->attempts) + ", the next on " +
                                  to_text(aside->again)
                            : std::string("the next run tries again"))
                  << '\n';
    }
    if (documents.size() == aside_shown)
        std::cout << "  and perhaps more: only so many are shown\n";
}

std::string percent(long long part, long long whole) {
    constexpr long long tenths = 1000;
    if (whole == 0) return "-";
    const long long value = (part * tenths + whole / 2) / whole;
    return std::to_string(value / 10) + "." + std::to_string(value % 10) + " %";
}

void print_coverage(const ingest::Survey& survey) {
    std::cout << "fields, of " << survey.notices << " current notices\n";
    for (const auto& [path, count] : survey.fields) {
        std::cout << "  " << std::left << std::setw(32) << path << std::right << std::setw(8)
                  << count << std::setw(10) << percent(count, survey.notices) << '\n';
    }
    for (const auto& [path, count] : survey.unmapped)
        std::cout << "  unmapped " << path << ": " << count << " values\n";
}

void print_unclassified(const ingest::Survey& survey) {
    if (survey.unclassified.empty()) return;
    std::cout << "not classified: texts that came to no code or to \"other\", the " << texts_shown
              << " most frequent of each field\n";
    for (const auto& [field, found] : survey.unclassified) {
        std::cout << "  " << field << ": " << found.count << '\n';
        std::vector<std::pair<long long, std::string>> texts;
        for (const auto& [text, count] : found.texts)
            texts.emplace_back(-count, text);
        std::ranges::sort(texts);
        texts.resize(std::min(texts.size(), texts_shown));
        for (auto& [count, text] : texts) {
            std::ranges::replace(text, '\n', ' ');
            std::cout << std::setw(8) << -count << "  " << text << '\n';
        }
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
    std::cout << "  " << state_text(latest) << "; " << store::Notices(*session).count(source)
              << " notices, " << store::Fingerprints(*session).present_count(source)
              << " records at the source, " << store::Quarantine(*session).open_count(source)
              << " quarantined\n";
    std::cout << "  next poll "
              << next_poll_text(*session, *switches, polled_source(settings, mappings, source),
                                latest)
              << '\n';
    std::cout << "runs\n";
    print_runs(*session, source);
    print_set_aside(*session, *mapping);
    const ingest::Survey survey = ingest::survey(*session, source);
    print_coverage(survey);
    print_unclassified(survey);
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

const Command& source_show_command() {
    static const Command command{
        "source show",
        "show a source: bounds, latest runs, how often each field is there, what is not classified",
        "SOURCE",
        with_settings(),
        "Fields and texts are counted over the notices as they are stored now, but for those that\n"
        "vanished. Texts that came to no code are those to add words or labels for in\n"
        "mappings/codes. Entries that lead nowhere are set aside, and asked for again after one "
        "day,\n"
        "two, four, then every week.",
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
