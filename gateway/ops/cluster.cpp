// recallgw cluster list | split | join | undo | rebuild: which notices tell the same recall, and
// what people rule on it.

#include <iostream>

#include "gateway/clusters/cluster_json.h"
#include "gateway/clusters/cluster_work.h"
#include "gateway/clusters/ruling.h"
#include "gateway/ops/configuration.h"
#include "gateway/ops/mappings.h"
#include "gateway/ops/node_name.h"
#include "gateway/ops/open_database.h"
#include "gateway/store/clusters.h"

namespace recall::ops {
namespace {

constexpr std::size_t rows_a_page = 500;

std::shared_ptr<const match::Lexicon> open_lexicon(const settings::Settings& settings) {
    return match::Lexicon::load(mappings_path(settings.data_mappings) + "/lexicon");
}

// Expected refusals are "not so"; everything else is the program's business.
Result<int> refused(const Error& error) {
    if (error.code != ErrorCode::not_found && error.code != ErrorCode::conflict) return error;
    std::cerr << error.text << '\n';
    return exit_not_so;
}

Result<int> list(const Arguments& arguments) {
    const auto database = open_migrated_database(load_settings(arguments));
    const store::SessionLease session = database->lease();
    std::string cursor;
    do {
        const auto page = store::Clusters(*session).list(cursor, rows_a_page);
        if (!page) return page.error();
        for (const store::ClusterSize& found : page->rows) {
            const auto text =
                clusters::cluster_by_name(*session, found.cluster, clusters::Audience::staff);
            if (text) std::cout << *text << '\n';
        }
        cursor = page->cursor;
    } while (!cursor.empty());
    return exit_done;
}

Result<int> rule(const Arguments& arguments, model::Verdict verdict) {
    if (arguments.words().size() != 2) return Error{ErrorCode::usage, "give two notice IDs"};
    const clusters::RulingRequest request{.one = arguments.words()[0],
                                          .other = arguments.words()[1],
                                          .verdict = verdict,
                                          .by = arguments.value("by", "operator"),
                                          .because = arguments.value("because")};
    const settings::Settings settings = load_settings(arguments);
    const auto lexicon = open_lexicon(settings);
    const auto database = open_migrated_database(settings);
    const Instant now = SystemClock().now();
    const auto text =
        store::in_write_transaction(*database, [&](store::Session& session) -> Result<std::string> {
            if (auto ruled = clusters::rule(session, *lexicon, request, now); !ruled)
                return ruled.error();
            return clusters::cluster_of_notice(session, request.one, clusters::Audience::staff)
                .value();
        });
    if (!text) return refused(text.error());
    std::cout << *text << '\n';
    return exit_done;
}

Result<int> split(const Arguments& arguments) { return rule(arguments, model::Verdict::split); }
Result<int> join(const Arguments& arguments) { return rule(arguments, model::Verdict::join); }
Result<int> undo(const Arguments& arguments) { return rule(arguments, model::Verdict::undone); }

Result<int> rebuild(const Arguments& arguments) {
    const settings::Settings settings = load_settings(arguments);
    const auto database = open_migrated_database(settings);
    const SystemClock clock;
    clusters::ClusterWork work(*database, open_lexicon(settings), clock,
                               node_name(settings) + " rebuild", std::chrono::seconds(1));
    const auto counts = work.rebuild();
    if (!counts) return refused(counts.error());
    std::cout << "{\"notices\":" << counts->notices << ",\"links\":" << counts->links << "}\n";
    return exit_done;
}

std::vector<OptionSpec> ruling_options() {
    return with_settings({{"because", "TEXT", "why, for whoever comes after; must be given"},
                          {"by", "NAME", "who rules (operator)"}});
}

}  // namespace

const Command& cluster_list_command() {
    static const Command command{
        "cluster list",
        "list the clusters of notices that tell the same recall",
        "",
        with_settings(),
        "JSON, one cluster a line, with the reason for every link and what people ruled. Only\n"
        "clusters of two notices and more.",
        list};
    return command;
}

const Command& cluster_split_command() {
    static const Command command{
        "cluster split",
        "say that two notices tell different recalls",
        "NOTICE NOTICE",
        ruling_options(),
        "They are never in one cluster again, whatever is found, until `cluster join` or\n"
        "`cluster undo`. Prints the first one's cluster. Exit 1 when there is no such notice or\n"
        "it is ruled so already.",
        split};
    return command;
}

const Command& cluster_join_command() {
    static const Command command{
        "cluster join",
        "say that two notices tell the same recall",
        "NOTICE NOTICE",
        ruling_options(),
        "Prints their cluster. Exit 1 when there is no such notice or it is ruled so already.",
        join};
    return command;
}

const Command& cluster_undo_command() {
    static const Command command{
        "cluster undo",
        "take back what was ruled on two notices",
        "NOTICE NOTICE",
        ruling_options(),
        "What the notices themselves say counts again; the rulings stay on record. Prints the\n"
        "first one's cluster. Exit 1 when nothing is ruled on the two.",
        undo};
    return command;
}

const Command& cluster_rebuild_command() {
    static const Command command{
        "cluster rebuild",
        "make all clusters anew from the stored notices",
        "",
        with_settings(),
        "After a new version or a changed lexicon. Rulings stay. Prints how many notices were\n"
        "looked at and how many links were written. Exit 1 while a gateway is at the same work.",
        rebuild};
    return command;
}

}  // namespace recall::ops
