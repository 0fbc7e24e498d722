// recallgw source list: every source, and how its latest run went.

#include <algorithm>
#include <array>
#include <iostream>

#include "gateway/json/writer.h"
#include "gateway/ops/command.h"
#include "gateway/ops/configuration.h"
#include "gateway/ops/mappings.h"
#include "gateway/ops/next_poll.h"
#include "gateway/ops/open_database.h"
#include "gateway/ops/poll_role.h"
#include "gateway/store/notices.h"
#include "gateway/store/quarantine.h"

namespace recall::ops {
namespace {

constexpr std::size_t columns = 6;
using Line = std::array<std::string, columns>;

constexpr std::array<std::string_view, columns> titles = {"SOURCE",  "STATE",       "LATEST RUN",
                                                          "NOTICES", "QUARANTINED", "NEXT POLL"};
constexpr std::array<std::string_view, columns> members = {"source",  "state",       "latest_run",
                                                           "notices", "quarantined", "next_poll"};
constexpr std::array<bool, columns> is_count = {false, false, false, true, true, false};

void print_table(const std::vector<Line>& lines) {
    std::array<std::size_t, columns> widths{};
    for (const Line& line : lines) {
        for (std::size_t i = 0; i < columns; ++i)
            widths.at(i) = std::max(widths.at(i), line.at(i).size());
    }
    for (const Line& line : lines) {
        std::string out;
        for (std::size_t i = 0; i < columns; ++i) {
            const std::string room(widths.at(i) - line.at(i).size(), ' ');
            out += is_count.at(i) ? room + line.at(i) : line.at(i) + room;
            out += "  ";
        }
        out.erase(out.find_last_not_of(' ') + 1);
        std::cout << out << '\n';
    }
}

void print_tabs(const std::vector<Line>& lines) {
    for (const Line& line : lines) {
        for (std::size_t i = 0; i < columns; ++i)
            std::cout << (i > 0 ? "\t" : "") << line.at(i);
        std::cout << '\n';
    }
}

void print_json(const std::vector<Line>& lines) {
    for (const Line& line : lines) {
        json::Writer out;
        out.begin_object();
        for (std::size_t i = 0; i < columns; ++i) {
            if (is_count.at(i)) {
                out.key(members.at(i)).raw(line.at(i));
            } else if (line.at(i) != "-") {
                out.member(members.at(i), line.at(i));
            }
        }
        out.end_object();
        std::cout << out.text() << '\n';
    }
}

Result<int> list(const Arguments& arguments) {
    const std::string format = arguments.value("format", "table");
    if (format != "table" && format != "tsv" && format != "json")
        return Error{ErrorCode::usage, "--format must be table, tsv or json, not " + format};
    const auto settings = load_settings(arguments);
    const auto mappings = open_mappings(settings.data_mappings);
    const auto switches = SourceSwitches::read(settings, mappings);
    if (!switches) return switches.error();
    const auto database = open_migrated_database(settings);
    const store::SessionLease session = database->lease();
    std::vector<Line> lines;
    if (format == "table") std::ranges::copy(titles, lines.emplace_back().begin());
    for (const std::string& id : mappings.sources()) {
        const auto latest = store::Runs(*session).latest(id);
        lines.push_back(
            {id, state_text(latest), latest ? latest->started_at : "-",
             std::to_string(store::Notices(*session).count(id)),
             std::to_string(store::Quarantine(*session).open_count(id)),
             next_poll_text(*session, *switches, polled_source(settings, mappings, id), latest)});
    }
    if (format == "json") {
        print_json(lines);
    } else if (format == "tsv") {
        print_tabs(lines);
    } else {
        print_table(lines);
    }
    return exit_done;
}

}  // namespace

const Command& source_list_command() {
    static const Command command{
        "source list",
        "list the sources and how their latest runs went",
        "",
        with_settings({{"format", "FORMAT",
                        "table, tsv (the same with tabs, no header) or json, one source a line "
                        "(table)"}}),
        "A source a line: ID, state and start of the latest run, notices, quarantined records, "
        "and\n"
        "when it is polled next: a time, the time that its server asked for, or why it is "
        "switched\n"
        "off.",
        list};
    return command;
}

}  // namespace recall::ops
