// recallgw partner list | add | remove: the registry of the exchange.

#include <iostream>

#include "gateway/exchange/partners.h"
#include "gateway/json/value_writer.h"
#include "gateway/model/partner.h"
#include "gateway/ops/configuration.h"
#include "gateway/ops/files.h"
#include "gateway/ops/open_database.h"
#include "gateway/store/partners.h"

namespace recall::ops {
namespace {

constexpr std::size_t definition_bytes_max = 1U << 20U;

Result<int> list(const Arguments& arguments) {
    const auto database = open_migrated_database(load_settings(arguments));
    const store::SessionLease session = database->lease();
    for (const model::Partner& partner : exchange::all_partners(*session)) {
        json::Writer out;
        json::ValueWriter(out).write(partner);
        std::cout << out.text() << '\n';
    }
    return exit_done;
}

Result<int> add(const Arguments& arguments) {
    if (arguments.words().empty()) return Error{ErrorCode::usage, "give the partners' FILEs"};
    std::vector<model::Partner> partners;
    for (const std::string& file : arguments.words()) {
        Result<model::Partner> partner =
            exchange::read_partner(read_file(file, definition_bytes_max));
        if (!partner) return Error{ErrorCode::config, file + ": " + partner.error().text};
        partners.push_back(*std::move(partner));
    }
    const auto database = open_migrated_database(load_settings(arguments));
    for (const model::Partner& partner : partners) {
        const Result<void> put =
            store::in_write_transaction(*database, [&](store::Session& session) {
                return exchange::put_partner(session, partner, arguments.value("by", "operator"),
                                             SystemClock().now());
            });
        if (!put) return put.error();
        std::cerr << "partner " << partner.id << " is registered\n";
    }
    return exit_done;
}

Result<int> remove(const Arguments& arguments) {
    if (arguments.words().size() != 1) return Error{ErrorCode::usage, "give one partner ID"};
    const auto database = open_migrated_database(load_settings(arguments));
    const bool removed = store::in_write_transaction(*database, [&](store::Session& session) {
        return store::Partners(session).remove(arguments.words().front());
    });
    if (removed) return exit_done;
    std::cerr << "there is no partner " << arguments.words().front() << '\n';
    return exit_not_so;
}

}  // namespace

const Command& partner_list_command() {
    static const Command command{"partner list",  "list the partners of the exchange",        "",
                                 with_settings(), "JSON, one partner a line, as registered.", list};
    return command;
}

const Command& partner_add_command() {
    static const Command command{
        "partner add",
        "register partners, or what changed about them",
        "FILE…",
        with_settings({{"by", "NAME", "who decided it (operator)"}}),
        "Each FILE is one partner as XML; config/partners/example.xml explains every element.\n"
        "All files are checked before the first is stored. Exit 2 when one is wrong.",
        add};
    return command;
}

const Command& partner_remove_command() {
    static const Command command{
        "partner remove",
        "take a partner out of the registry",
        "ID",
        with_settings(),
        "Its connections are refused from now on; what was exchanged is kept, and messages to it\n"
        "wait until it is registered again or they are given up. Exit 1 when there is none.",
        remove};
    return command;
}

}  // namespace recall::ops
