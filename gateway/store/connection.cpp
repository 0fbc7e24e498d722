#include "gateway/store/connection.h"

#include "gateway/base/failure.h"

#include <string>

namespace recall::store {
namespace {

constexpr std::string_view sqlite_scheme = "sqlite:";
constexpr std::string_view postgresql_scheme = "postgresql:";

// Pages of 4 KiB written to the log before a commit also folds it into the file. SQLite's 1000
// make bulk loads spend half their time on that.
constexpr const char* wal_checkpoint_pragma = "pragma wal_autocheckpoint = 8000";
constexpr const char* cache_pragma = "pragma cache_size = -8000";  // KiB

// foreign_keys and busy_timeout belong to the connection and SOCI ignores them in its connect
// string, so they are set here for each one.
void prepare_sqlite(soci::session& session, const DatabaseOptions& options) {
    session << "pragma busy_timeout = " + std::to_string(options.busy_timeout.count());
    std::string journal;
    session << "pragma journal_mode = wal", soci::into(journal);
    if (journal != "wal") {
        throw Failure(ErrorCode::database,
                      "the database file is on a file system without shared memory, which WAL "
                      "needs; put it on a local disk");
    }
    const bool is_full = options.synchronous == Synchronous::full;
    session << (is_full ? "pragma synchronous = full" : "pragma synchronous = normal");
    session << "pragma foreign_keys = on";
    session << wal_checkpoint_pragma;
    session << cache_pragma;
}

std::shared_ptr<soci::session> connect_sqlite(const std::string& path,
                                              const DatabaseOptions& options) {
    if (path.empty() || path.find('"') != std::string::npos) {
        throw Failure(ErrorCode::config, "database.url names no usable SQLite file");
    }
    try {
        auto session = std::make_shared<soci::session>(soci::sqlite3, "dbname=\"" + path + '"');
        prepare_sqlite(*session, options);
        return session;
    } catch (const soci::soci_error&) {
        throw Failure(ErrorCode::database,
                      "the SQLite database " + path +
                          " cannot be opened; check that the folder exists and may be written, "
                          "and that the file is a database");
    }
}

// What libpq says about a server, but not about the connect string: that would show the password.
std::string connect_reason(const soci::soci_error& error) {
    const std::string text = error.get_error_message();
    const bool is_about_server = text.find("connection to server") != std::string::npos;
    return is_about_server ? ": " + text : "; check database.url";
}

void prepare_postgresql(soci::session& session, const DatabaseOptions& options) {
    std::string encoding;
    session << "show server_encoding", soci::into(encoding);
    if (encoding != "UTF8") {
        throw Failure(ErrorCode::config, "the PostgreSQL database is encoded in " + encoding +
                                             "; create it with encoding UTF8");
    }
    session << "set client_encoding = 'UTF8'";
    session << "set client_min_messages = 'warning'";
    session << "set bytea_output = 'hex'";
    session << "set lock_timeout = " + std::to_string(options.busy_timeout.count());
    const bool is_full = options.synchronous == Synchronous::full;
    session << (is_full ? "set synchronous_commit = on" : "set synchronous_commit = off");
}

std::shared_ptr<soci::session> connect_postgresql(const std::string& connect_string,
                                                  const DatabaseOptions& options) {
    try {
        auto session = std::make_shared<soci::session>(soci::postgresql, connect_string);
        prepare_postgresql(*session, options);
        return session;
    } catch (const soci::soci_error& error) {
        throw Failure(ErrorCode::database, "PostgreSQL cannot be reached" + connect_reason(error));
    }
}

}  // namespace

Dialect dialect_of(std::string_view url) {
    if (url.starts_with(sqlite_scheme)) return Dialect::sqlite;
    if (url.starts_with(postgresql_scheme)) return Dialect::postgresql;
    throw Failure(ErrorCode::config, "database.url starts with neither sqlite: nor postgresql:");
}

std::shared_ptr<soci::session> connect(const DatabaseOptions& options) {
    if (dialect_of(options.url) == Dialect::sqlite) {
        return connect_sqlite(options.url.substr(sqlite_scheme.size()), options);
    }
    const bool is_uri = options.url.starts_with("postgresql://");
    return connect_postgresql(is_uri ? options.url : options.url.substr(postgresql_scheme.size()),
                              options);
}

}  // namespace recall::store
