#include "tests/support/postgres.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace recall::test {
namespace {

// The folder with initdb, of the newest version installed; empty when there is none.
std::string server_programs() {
    namespace fs = std::filesystem;
    std::string newest;
    std::error_code error;
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", error)) {
        const fs::path programs = version.path() / "bin";
        if (fs::exists(programs / "initdb")) newest = std::max(newest, programs.string());
    }
    return newest;
}

std::string database_of(const std::string& url) {
    const std::string mark = "dbname=";
    const std::size_t start = url.find(mark) + mark.size();
    return url.substr(start, url.find(' ', start) - start);
}

}  // namespace

std::unique_ptr<Postgres> Postgres::start() {
    const std::string programs = server_programs();
    if (programs.empty()) return nullptr;
    return std::unique_ptr<Postgres>(new Postgres(programs));
}

Postgres::Postgres(std::string programs) : programs_(std::move(programs)) {
    const std::string folder = folder_.path().string();
    std::filesystem::permissions(folder_.path(), std::filesystem::perms::owner_all |
                                                     std::filesystem::perms::group_exec |
                                                     std::filesystem::perms::others_exec);
    if (geteuid() == 0 && std::system(("chown postgres " + folder).c_str()) != 0) {
        throw std::runtime_error("there is no user postgres to run the server as");
    }
    run("initdb -D " + folder + "/data -U postgres -A trust -E UTF8 --locale=C -N >/dev/null");
    run("pg_ctl -D " + folder + "/data -l " + folder + "/log -w -o \"-k " + folder +
        " -c listen_addresses= -c fsync=off -c shared_buffers=16MB\" start >/dev/null");
}

Postgres::~Postgres() {
    const std::string stop =
        "pg_ctl -D " + folder_.path().string() + "/data -m immediate -w stop >/dev/null";
    try {
        run(stop);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "PostgreSQL was not stopped: %s\n", error.what());
    }
}

void Postgres::run(const std::string& command) const {
    std::string whole = "cd / && " + programs_ + '/' + command;
    if (geteuid() == 0) {
        whole = "runuser -u postgres -- sh -c '" + whole + "'";
    }
    if (std::system(whole.c_str()) != 0) throw std::runtime_error("failed: " + whole);
}

void Postgres::psql(const std::string& database, const std::string& statement) const {
    run("psql -q -h " + folder_.path().string() + " -U postgres -d " + database + " -c \"" +
        statement + "\" >/dev/null");
}

std::string Postgres::new_database() {
    const std::string name = "test_" + std::to_string(++databases_);
    psql("postgres", "create database " + name);
    return "postgresql:host=" + folder_.path().string() + " user=postgres dbname=" + name;
}

void Postgres::kill_sessions(const std::string& url) {
    psql(database_of(url),
         "select pg_terminate_backend(pid) from pg_stat_activity where datname = "
         "current_database() and pid <> pg_backend_pid()");
}

Postgres* shared_postgres() {
    static const std::unique_ptr<Postgres> cluster = Postgres::start();
    return cluster.get();
}

}  // namespace recall::test
