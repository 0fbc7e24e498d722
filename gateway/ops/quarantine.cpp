// recallgw quarantine list | show | replay | dismiss: records that could not become notices.

#include <charconv>
#include <iostream>

#include "gateway/base/clock.h"
#include "gateway/ingest/replay.h"
#include "gateway/ops/command.h"
#include "gateway/ops/configuration.h"
#include "gateway/ops/mappings.h"
#include "gateway/ops/open_database.h"
#include "gateway/store/quarantine.h"

namespace recall::ops {
namespace {

constexpr std::size_t rows_a_page = 500;

Result<long long> row_id(const std::string& word) {
    long long id = 0;
    const auto [end, status] = std::from_chars(word.data(), word.data() + word.size(), id);
    if (status != std::errc() || end != word.data() + word.size() || id < 1)
        return Error{ErrorCode::usage, word + " is not the ID of a quarantined record"};
    return id;
}

std::string issue_line(const Issue& issue) {
    std::string out(spelling(issue.code));
    if (!issue.path.empty()) out += " " + issue.path;
    if (!issue.value.empty()) out += ": " + issue.value;
    return out;
}

Result<int> list(const Arguments& arguments) {
    std::optional<store::QuarantineState> state = store::QuarantineState::open;
    if (arguments.has("closed")) state.reset();
    const auto database = open_migrated_database(load_settings(arguments));
    const store::SessionLease session = database->lease();
    std::string cursor;
    do {
        const auto page =
            store::Quarantine(*session).list(arguments.value("source"), state, cursor, rows_a_page);
        if (!page) return page.error();
        for (const store::QuarantinedRecord& row : page->rows) {
            std::cout << row.id << '\t' << row.source << '\t' << row.key << '\t'
                      << spelling(row.state) << '\t' << row.last_seen_at << '\t'
                      << (row.issues.empty() ? "" : issue_line(row.issues.front())) << '\n';
        }
        cursor = page->cursor;
    } while (!cursor.empty());
    return exit_done;
}

Result<int> show(const Arguments& arguments) {
    if (arguments.words().size() != 1) return Error{ErrorCode::usage, "give one ID"};
    const Result<long long> id = row_id(arguments.words().front());
    if (!id) return id.error();
    const auto database = open_migrated_database(load_settings(arguments));
    const store::SessionLease session = database->lease();
    const auto row = store::Quarantine(*session).get(*id);
    if (!row) {
        std::cerr << "there is no quarantined record " << *id << '\n';
        return exit_not_so;
    }
    std::cerr << row->source << " " << row->key << ": " << spelling(row->state) << ", seen "
              << row->times_seen << " times from " << row->first_seen_at << " to "
              << row->last_seen_at << "\nrecord " << row->locator << " of payload "
              << row->raw_sha256 << '\n';
    for (const Issue& issue : row->issues)
        std::cerr << "  " << issue_line(issue) << '\n';
    if (!row->resolution.empty())
        std::cerr << "closed by " << row->resolved_by << ": " << row->resolution << '\n';
    std::cout << row->bytes << '\n';
    return exit_done;
}

Result<int> replay(const Arguments& arguments) {
    if (arguments.words().empty()) return Error{ErrorCode::usage, "give a SOURCE, and IDs if any"};
    std::vector<long long> ids;
    for (std::size_t i = 1; i < arguments.words().size(); ++i) {
        const Result<long long> id = row_id(arguments.words()[i]);
        if (!id) return id.error();
        ids.push_back(*id);
    }
    const auto settings = load_settings(arguments);
    const auto mapping =
        load_known_mapping(open_mappings(settings.data_mappings), arguments.words().front());
    if (!mapping) return mapping.error();
    const auto database = open_migrated_database(settings);
    long long open = 0;
    for (const auto& outcome : ingest::replay(*database, SystemClock(), *mapping, ids)) {
        using Kind = ingest::ReplayOutcome::Kind;
        const bool is_open = outcome.kind == Kind::open;
        std::cout << outcome.id << '\t' << outcome.key << '\t'
                  << (outcome.kind == Kind::stored ? "stored"
                      : is_open                    ? "open"
                                                   : "superseded")
                  << '\n';
        if (!is_open) continue;
        ++open;
        for (const Issue& issue : outcome.issues)
            std::cerr << outcome.id << ": " << issue_line(issue) << '\n';
    }
    return open > 0 ? exit_quarantined : exit_done;
}

Result<int> dismiss(const Arguments& arguments) {
    if (arguments.words().size() != 1) return Error{ErrorCode::usage, "give one ID"};
    const Result<long long> id = row_id(arguments.words().front());
    if (!id) return id.error();
    const std::string reason = arguments.value("reason");
    if (reason.empty()) return Error{ErrorCode::usage, "say why with --reason"};
    const auto database = open_migrated_database(load_settings(arguments));
    const auto resolved =
        store::in_write_transaction(*database, [&](store::Session& session) -> Result<void> {
            return store::Quarantine(session).resolve(*id, store::QuarantineState::dismissed,
                                                      arguments.value("by", "operator"), reason,
                                                      SystemClock().now());
        });
    if (resolved) return exit_done;
    std::cerr << resolved.error().line() << '\n';
    return exit_not_so;
}

}  // namespace

const Command& quarantine_list_command() {
    static const Command command{
        "quarantine list",
        "list records that could not become notices",
        "",
        with_settings({{"source", "SOURCE", "of this source only"},
                       {"closed", "", "those that were replayed or dismissed too"}}),
        "One line a record, tabs between: ID, source, key or place, state, last seen, first issue.",
        list};
    return command;
}

const Command& quarantine_show_command() {
    static const Command command{
        "quarantine show",
        "print a quarantined record and what is wrong with it",
        "ID",
        with_settings(),
        "The record's own bytes go to standard output, the rest to standard error.\n"
        "Exit 1 when there is no such record.",
        show};
    return command;
}

const Command& quarantine_replay_command() {
    static const Command command{
        "quarantine replay",
        "map a source's quarantined records again, after its mapping was mended",
        "SOURCE [ID…]",
        with_settings(),
        "One line a record, tabs between: ID, key, and stored (a notice was made), superseded (a\n"
        "newer copy of it is stored already) or open (it is as bad as before).\n"
        "Exit codes: 0 all are closed, 3 some are open still.",
        replay};
    return command;
}

const Command& quarantine_dismiss_command() {
    static const Command command{
        "quarantine dismiss",
        "close a quarantined record that is no notice",
        "ID",
        with_settings({{"by", "NAME", "who decided (operator)"}, {"reason", "TEXT", "why"}}),
        "When the record comes again, it is open again. Exit 1 when it is not open or not there.",
        dismiss};
    return command;
}

}  // namespace recall::ops
