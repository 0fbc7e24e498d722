// recallgw match confirm | reject, case list | show | order, order answer: from a match that a
// person confirmed to the platform's answer.

#include <charconv>
#include <iostream>

#include "gateway/cases/case_json.h"
#include "gateway/cases/takedown.h"
#include "gateway/json/writer.h"
#include "gateway/ops/configuration.h"
#include "gateway/ops/exchange_role.h"
#include "gateway/ops/open_database.h"

namespace recall::ops {
namespace {

constexpr std::size_t rows_a_page = 500;
constexpr long long answer_hours_max = 24 * 365;

Result<long long> read_number(const std::string& text, const std::string& what) {
    long long value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || value <= 0) {
        return Error{ErrorCode::usage, what + " is a positive whole number, not " + text};
    }
    return value;
}

std::string line_of(const store::TakedownCase& found) {
    json::Writer out;
    cases::write_case(out, found);
    return std::move(out).text();
}

// Expected refusals are "not so"; everything else is the program's business.
Result<int> refused(const Error& error) {
    if (error.code != ErrorCode::not_found && error.code != ErrorCode::conflict) return error;
    std::cerr << error.text << '\n';
    return exit_not_so;
}

exchange::Identity required_identity(const settings::Settings& settings) {
    auto identity = load_identity(settings);
    if (!identity) {
        throw Failure(ErrorCode::config, "exchange.party is not set, so nothing can be signed");
    }
    return *std::move(identity);
}

Result<int> confirm(const Arguments& arguments) {
    if (arguments.words().size() != 1) return Error{ErrorCode::usage, "give one match ID"};
    const Result<long long> match = read_number(arguments.words().front(), "a match's ID");
    if (!match) return match.error();
    const Result<long long> hours = read_number(arguments.value("answer-hours", "72"), "the time");
    if (!hours) return hours.error();
    if (*hours > answer_hours_max) return Error{ErrorCode::usage, "--answer-hours is at most 8760"};
    const settings::Settings settings = load_settings(arguments);
    const auto identity = load_identity(settings);
    const auto database = open_migrated_database(settings);
    const auto opened = cases::confirm_match(*database, identity ? &*identity : nullptr,
                                             {.match = *match,
                                              .by = arguments.value("by", "operator"),
                                              .reason = arguments.value("reason"),
                                              .legal_basis = arguments.value("legal-basis"),
                                              .answer_time = std::chrono::hours(*hours)},
                                             SystemClock().now());
    if (!opened) return refused(opened.error());
    std::cout << line_of(*opened) << '\n';
    if (opened->state == store::CaseState::opened) {
        std::cerr << "no order was sent: "
                  << (identity ? "no partner serves the platform " + opened->platform
                               : std::string("exchange.party is not set"))
                  << "; mend it and run `recallgw case order " << opened->id << "`\n";
    }
    return exit_done;
}

Result<int> reject(const Arguments& arguments) {
    if (arguments.words().size() != 1) return Error{ErrorCode::usage, "give one match ID"};
    const Result<long long> match = read_number(arguments.words().front(), "a match's ID");
    if (!match) return match.error();
    const auto database = open_migrated_database(load_settings(arguments));
    const auto rejected = cases::reject_match(*database, *match, arguments.value("by", "operator"),
                                              arguments.value("reason"), SystemClock().now());
    if (!rejected) return refused(rejected.error());
    return exit_done;
}

Result<int> show(const Arguments& arguments) {
    if (arguments.words().size() != 1) return Error{ErrorCode::usage, "give one case ID"};
    const auto database = open_migrated_database(load_settings(arguments));
    const store::SessionLease session = database->lease();
    const auto found = store::Cases(*session).get(arguments.words().front());
    if (!found) return refused({ErrorCode::not_found, "there is no case of that id"});
    std::cout << line_of(*found) << '\n';
    return exit_done;
}

Result<int> list(const Arguments& arguments) {
    const auto database = open_migrated_database(load_settings(arguments));
    const store::SessionLease session = database->lease();
    std::string cursor;
    do {
        const auto page = store::Cases(*session).list(std::nullopt, cursor, rows_a_page);
        if (!page) return page.error();
        for (const store::TakedownCase& found : page->rows)
            std::cout << line_of(found) << '\n';
        cursor = page->cursor;
    } while (!cursor.empty());
    return exit_done;
}

Result<int> order(const Arguments& arguments) {
    if (arguments.words().size() != 1) return Error{ErrorCode::usage, "give one case ID"};
    const settings::Settings settings = load_settings(arguments);
    const exchange::Identity identity = required_identity(settings);
    const auto database = open_migrated_database(settings);
    const auto ordered =
        cases::send_order(*database, identity, arguments.words().front(), SystemClock().now());
    if (!ordered) return refused(ordered.error());
    std::cout << line_of(*ordered) << '\n';
    return exit_done;
}

Result<int> answer(const Arguments& arguments) {
    if (arguments.words().size() != 1) return Error{ErrorCode::usage, "give one order ID"};
    const settings::Settings settings = load_settings(arguments);
    const exchange::Identity identity = required_identity(settings);
    const auto database = open_migrated_database(settings);
    const Instant now = SystemClock().now();
    const auto sent = cases::answer_order(*database, identity,
                                          {.order = arguments.words().front(),
                                           .outcome = arguments.value("outcome"),
                                           .done_at = arguments.value("done-at", to_text(now)),
                                           .note = arguments.value("note")},
                                          now);
    if (!sent && sent.error().code == ErrorCode::bad_value) {
        return Error{ErrorCode::usage, sent.error().text};
    }
    if (!sent) return refused(sent.error());
    std::cout << *sent << '\n';
    return exit_done;
}

}  // namespace

const Command& match_confirm_command() {
    static const Command command{
        "match confirm",
        "confirm a match and order the listing's takedown",
        "MATCH",
        with_settings({{"by", "NAME", "who decided (operator)"},
                       {"reason", "TEXT", "why, for the platform"},
                       {"legal-basis", "TEXT", "the law that the order rests on"},
                       {"answer-hours", "N", "the platform's time to answer (72)"}}),
        "Prints the case. The signed order goes to the partner that serves the platform, in the\n"
        "same transaction. Exit 1 when there is no such match or it was decided before.",
        confirm};
    return command;
}

const Command& match_reject_command() {
    static const Command command{
        "match reject",
        "say that a match is none",
        "MATCH",
        with_settings({{"by", "NAME", "who decided (operator)"}, {"reason", "TEXT", "why"}}),
        "Exit 1 when there is no such match or it was decided before.",
        reject};
    return command;
}

const Command& case_show_command() {
    static const Command command{"case show",
                                 "print a takedown case",
                                 "CASE",
                                 with_settings(),
                                 "JSON, one line. Exit 1 when there is no such case.",
                                 show};
    return command;
}

const Command& case_list_command() {
    static const Command command{"case list",
                                 "list the takedown cases",
                                 "",
                                 with_settings(),
                                 "JSON, one case a line, oldest first.",
                                 list};
    return command;
}

const Command& case_order_command() {
    static const Command command{
        "case order",
        "send the order of a case that has none yet",
        "CASE",
        with_settings(),
        "For cases confirmed before a partner served the platform. Exit 1 when it cannot be sent.",
        order};
    return command;
}

const Command& order_answer_command() {
    static const Command command{
        "order answer",
        "answer a takedown order, as a platform",
        "ORDER",
        with_settings({{"outcome", "WORD", "removed, refused, not_found or partly"},
                       {"done-at", "TIME", "when it was done (now)"},
                       {"note", "TEXT", "for the authority"}}),
        "Orders are listed by `recallgw inbox list --kind takedown_order`; an order's ID is its\n"
        "conversation. Prints the report's message id. Exit 1 when there is no such order.",
        answer};
    return command;
}

}  // namespace recall::ops
