// recallgw migrate: brings the database to this program's schema, or says what is left to do.

#include "gateway/store/migrations.h"

#include <iostream>

#include "gateway/base/clock.h"
#include "gateway/ops/configuration.h"
#include "gateway/ops/open_database.h"

namespace recall::ops {
namespace {

Result<int> run(const Arguments& arguments) {
    const auto database = open_database(load_settings(arguments));
    if (arguments.has("dry-run")) {
        const std::vector<std::string> pending = store::pending_migrations(*database);
        for (const std::string& name : pending)
            std::cout << name << '\n';
        return pending.empty() ? exit_done : exit_not_so;
    }
    for (const std::string& name : store::migrate(*database, SystemClock().now())) {
        std::cout << name << '\n';
    }
    return exit_done;
}

}  // namespace

const Command& migrate_command() {
    static const Command command{
        "migrate",
        "bring the database to this program's schema",
        "",
        with_settings({{"dry-run", "", "print what would run and change nothing"}}),
        "Prints the migrations that ran, one a line. Each runs once, in a transaction of its own;\n"
        "serve and poll run them too. With --dry-run it exits 1 when some are left to run.",
        run};
    return command;
}

}  // namespace recall::ops
