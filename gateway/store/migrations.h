#pragma once
// The schema, as numbered .sql files in migrations/ that are built into the program. Forward only:
// each runs once, in one transaction that also records its number and checksum. A file that was
// changed after it ran, or a database newer than the program, is refused with Failure(config).
//
// The files run on both databases. A line "-- sqlite:" or "-- postgresql:" keeps what follows for
// that one, until "-- both:". A statement ends with the line that ends in ";". Types used: text,
// bigint, double precision, blob (PostgreSQL gets a domain of that name).

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/store/database.h"

namespace recall::store {

struct Migration {
    long long version;
    std::string_view name;      // the file's name without ".sql"
    std::string_view checksum;  // SHA-256 of the file
    std::string_view text;
};

// Those built into the program, in order.
std::span<const Migration> built_in_migrations();

// Runs what has not run yet; returns the names. Safe when several gateways start at once.
std::vector<std::string> migrate(Database& database, Instant now);
std::vector<std::string> migrate(Database& database, std::span<const Migration> migrations,
                                 Instant now);

// The names of those that have not run yet, after the same checks; changes nothing.
std::vector<std::string> pending_migrations(Database& database);

// The statements of a migration for one database.
std::vector<std::string> statements(std::string_view text, Dialect dialect);

}  // namespace recall::store
