#include "gateway/store/migrations.h"

#include "gateway/base/failure.h"
#include "gateway/store/column_text.h"

#include <algorithm>
#include <utility>

namespace recall::store {
namespace {

constexpr std::string_view create_table =
    "create table if not exists schema_migration (version bigint not null primary key, "
    "name text not null, checksum text not null, applied_at text not null)";

// Any number will do, as long as every gateway takes the same.
constexpr std::string_view wait_for_others = "select pg_advisory_xact_lock(7271839)";

constexpr Sql table_exists_sqlite{
    "schema_migration.exists_sqlite",
    "select count(*) from sqlite_master where type = 'table' and name = 'schema_migration'", "n"};
constexpr Sql table_exists_postgresql{
    "schema_migration.exists_postgresql",
    "select count(*) from pg_tables where schemaname = current_schema() and tablename = "
    "'schema_migration'",
    "n"};
constexpr Sql recorded_checksum{"schema_migration.checksum",
                                "select checksum from schema_migration where version = :version",
                                "t"};
constexpr Sql latest_version{"schema_migration.latest",
                             "select coalesce(max(version), 0) from schema_migration", "n"};
constexpr Sql record_migration{"schema_migration.record",
                               "insert into schema_migration (version, name, checksum, applied_at) "
                               "values (:version, :name, :checksum, :applied_at)"};

bool is_table_there(Session& session) {
    Rows rows = session.query(
        session.dialect() == Dialect::sqlite ? table_exists_sqlite : table_exists_postgresql, {});
    return rows.next() && rows.number(0) != 0;
}

// Whether the migration has run; refuses one that was changed since.
bool has_run(Session& session, const Migration& migration) {
    Rows rows = session.query(recorded_checksum, {{"version", migration.version}});
    if (!rows.next()) return false;
    if (rows.text(0) == migration.checksum) return true;
    throw Failure(ErrorCode::config,
                  "migration " + std::string(migration.name) +
                      " was changed after it ran on this database; put the old text back and "
                      "write a new migration");
}

void refuse_newer(Session& session, std::span<const Migration> migrations) {
    Rows rows = session.query(latest_version, {});
    const long long newest = migrations.empty() ? 0 : migrations.back().version;
    if (rows.next() && rows.number(0) > newest) {
        throw Failure(ErrorCode::config, "the database is at migration " +
                                             std::to_string(rows.number(0)) +
                                             ", newer than this program; use a newer program");
    }
}

bool run_one(Session& session, const Migration& migration, Instant now) {
    WriteTransaction transaction(session);
    if (session.dialect() == Dialect::postgresql) {
        session.run_definition("schema_migration.lock", wait_for_others);
    }
    if (has_run(session, migration)) return false;
    for (const std::string& statement : statements(migration.text, session.dialect())) {
        session.run_definition(migration.name, statement);
    }
    session.execute(record_migration, {{"version", migration.version},
                                       {"name", migration.name},
                                       {"checksum", migration.checksum},
                                       {"applied_at", instant_text(now)}});
    transaction.commit();
    return true;
}

void make_table(Session& session) {
    WriteTransaction transaction(session);
    if (session.dialect() == Dialect::postgresql) {
        session.run_definition("schema_migration.lock", wait_for_others);
    }
    session.run_definition("schema_migration.create", create_table);
    transaction.commit();
}

}  // namespace

std::vector<std::string> statements(std::string_view text, Dialect dialect) {
    constexpr std::string_view sqlite_mark = "-- sqlite:";
    constexpr std::string_view postgresql_mark = "-- postgresql:";
    const bool is_sqlite = dialect == Dialect::sqlite;
    const std::string_view ours = is_sqlite ? sqlite_mark : postgresql_mark;
    const std::string_view other = is_sqlite ? postgresql_mark : sqlite_mark;
    std::vector<std::string> found;
    std::string statement;
    bool is_for_us = true;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.starts_with("--")) {
            if (line == other) is_for_us = false;
            if (line == ours || line == "-- both:") is_for_us = true;
            continue;
        }
        if (!is_for_us || line.empty()) continue;
        statement.append(line);
        statement += '\n';
        if (line.ends_with(';')) found.push_back(std::exchange(statement, {}));
    }
    if (!statement.empty()) {
        throw Failure(ErrorCode::config, "a migration ends in the middle of a statement");
    }
    return found;
}

std::vector<std::string> migrate(Database& database, Instant now) {
    return migrate(database, built_in_migrations(), now);
}

std::vector<std::string> migrate(Database& database, std::span<const Migration> migrations,
                                 Instant now) {
    const SessionLease session = database.lease();
    if (!is_table_there(*session)) make_table(*session);
    refuse_newer(*session, migrations);
    std::vector<std::string> ran;
    for (const Migration& migration : migrations) {
        if (has_run(*session, migration)) continue;
        if (run_one(*session, migration, now)) ran.emplace_back(migration.name);
    }
    return ran;
}

std::vector<std::string> pending_migrations(Database& database) {
    const SessionLease session = database.lease();
    const bool is_new = !is_table_there(*session);
    if (!is_new) refuse_newer(*session, built_in_migrations());
    std::vector<std::string> pending;
    for (const Migration& migration : built_in_migrations()) {
        if (is_new || !has_run(*session, migration)) pending.emplace_back(migration.name);
    }
    return pending;
}

}  // namespace recall::store
