// Notices stored per second through the store, beside the plain SQLite API writing equal rows in
// equal transactions with the same settings; in turns, so that a busy moment hits both.
//   store_bench [NOTICES] [NOTICES_PER_TRANSACTION]
#include "gateway/json/notice_json.h"
#include "gateway/store/migrations.h"
#include "gateway/store/notices.h"
#include "tests/support/temp_folder.h"

#include <sqlite3.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace recall::store {
namespace {

constexpr int turns = 5;
constexpr std::size_t json_bytes = 3300;  // what a notice of a feed has
constexpr Instant bench_now{std::chrono::milliseconds(1780000000000)};

struct Item {
    model::Notice notice;
    std::string json;
    std::string hash;
};

std::vector<Item> items(int count) {
    std::vector<Item> made(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        Item& item = made[static_cast<std::size_t>(i)];
        item.notice.id = "eu-safety-gate:" + std::to_string(10000000 + i * 7919LL % count);
        item.notice.source = "eu-safety-gate";
        item.notice.number = "SR/" + std::to_string(i);
        item.notice.jurisdiction = "EU";
        item.notice.kind = "alert";
        item.notice.risk_level = "serious";
        item.notice.published_on = Date{2020 + i % 6, 1U + unsigned(i) % 12, 1};
        item.notice.title.push_back({"en", "Invented kettle of the bench", ""});
        item.notice.hazards.push_back({"burn", {}});
        item.notice.summary.push_back({"en", std::string(json_bytes - 400, 'x'), ""});
        item.json = json::write_notice(item.notice);
        item.hash = std::string(50, 'a') + std::to_string(10000000000000 + i);
    }
    return made;
}

double seconds_of(const auto& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

DatabaseOptions options_in(const test::TempFolder& folder) {
    return {.url = "sqlite:" + folder.file("bench.db"), .synchronous = Synchronous::normal};
}

double through_store(const std::vector<Item>& all, std::size_t batch) {
    const test::TempFolder folder;
    const auto database = Database::open(options_in(folder));
    migrate(*database, bench_now);
    const ReadNotice read = [](std::string_view json) { return json::read_notice(json); };
    return seconds_of([&] {
        for (std::size_t at = 0; at < all.size(); at += batch) {
            in_write_transaction(*database, [&](Session& session) {
                Notices notices(session);
                for (std::size_t i = at; i < std::min(at + batch, all.size()); ++i) {
                    notices.upsert({.notice = all[i].notice,
                                    .json = all[i].json,
                                    .content_hash = all[i].hash,
                                    .raw_sha256 = all[i].hash},
                                   read, bench_now);
                }
            });
        }
    });
}

void check(int code, int expected) {
    if (code == expected) return;
    std::fprintf(stderr, "SQLite answered %d: %s\n", code, sqlite3_errstr(code));
    std::exit(1);
}

void bind_text(sqlite3_stmt* statement, int index, std::string_view text) {
    check(sqlite3_bind_text(statement, index, text.data(), static_cast<int>(text.size()),
                            SQLITE_STATIC),
          SQLITE_OK);
}

double through_sqlite(const std::vector<Item>& all, std::size_t batch) {
    const test::TempFolder folder;
    migrate(*Database::open(options_in(folder)), bench_now);
    sqlite3* db = nullptr;
    check(sqlite3_open(folder.file("bench.db").c_str(), &db), SQLITE_OK);
    const auto run = [&](const char* sql) {
        check(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    };
    run("pragma synchronous = normal; pragma foreign_keys = on; pragma wal_autocheckpoint = 8000; "
        "pragma cache_size = -8000");
    sqlite3_stmt* notice = nullptr;
    sqlite3_stmt* revision = nullptr;
    check(sqlite3_prepare_v2(db,
                             "insert into notice values (?1, ?2, ?3, ?4, ?5, ' burn ', ?6, ?7, ?8, "
                             "'active', ?9, ?9, 1, ?1, ?10, ?10)",
                             -1, &notice, nullptr),
          SQLITE_OK);
    check(sqlite3_prepare_v2(
              db, "insert into notice_revision values (?1, 1, 'created', ?2, ?3, ?3, ?4)", -1,
              &revision, nullptr),
          SQLITE_OK);
    const std::string now = "2026-05-28T20:26:40.000Z";
    const double seconds = seconds_of([&] {
        for (std::size_t at = 0; at < all.size(); at += batch) {
            run("begin immediate");
            for (std::size_t i = at; i < std::min(at + batch, all.size()); ++i) {
                const Item& item = all[i];
                const std::string day = to_text(*item.notice.published_on);
                const std::string search = item.notice.number + "\ninvented kettle of the bench";
                check(sqlite3_bind_int64(notice, 1, static_cast<long long>(i + 1)), SQLITE_OK);
                bind_text(notice, 2, item.notice.id);
                bind_text(notice, 3, item.notice.source);
                bind_text(notice, 4, item.notice.jurisdiction);
                bind_text(notice, 5, item.notice.kind);
                bind_text(notice, 6, item.notice.risk_level);
                bind_text(notice, 7, day);
                bind_text(notice, 8, search);
                bind_text(notice, 9, item.hash);
                bind_text(notice, 10, now);
                check(sqlite3_step(notice), SQLITE_DONE);
                check(sqlite3_reset(notice), SQLITE_OK);
                check(sqlite3_bind_int64(revision, 1, static_cast<long long>(i + 1)), SQLITE_OK);
                bind_text(revision, 2, item.json);
                bind_text(revision, 3, item.hash);
                bind_text(revision, 4, now);
                check(sqlite3_step(revision), SQLITE_DONE);
                check(sqlite3_reset(revision), SQLITE_OK);
            }
            run("commit");
        }
    });
    sqlite3_finalize(notice);
    sqlite3_finalize(revision);
    sqlite3_close(db);
    return seconds;
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

int run(int argc, char** argv) {
    const int count = argc > 1 ? std::atoi(argv[1]) : 20000;
    const auto batch = static_cast<std::size_t>(argc > 2 ? std::atoi(argv[2]) : 500);
    if (count < 1 || batch < 1) {
        std::fprintf(stderr, "usage: store_bench [NOTICES] [NOTICES_PER_TRANSACTION]\n");
        return 2;
    }
    const std::vector<Item> all = items(count);
    std::vector<double> ours;
    std::vector<double> raw;
    for (int turn = 0; turn < turns; ++turn) {
        raw.push_back(through_sqlite(all, batch));
        ours.push_back(through_store(all, batch));
    }
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("notices %d, per transaction %zu, median of %d turns\n", count, batch, turns);
    std::printf("SQLite API        %9.0f notices/s\n", count / median(raw));
    std::printf("Notices::upsert   %9.0f notices/s  (%.0f %%; it also looks for an earlier one)\n",
                count / median(ours), 100 * median(raw) / median(ours));
    std::printf("peak memory       %9ld MB, with all notices held by the bench\n",
                usage.ru_maxrss / 1024);
    return 0;
}

}  // namespace
}  // namespace recall::store

int main(int argc, char** argv) { return recall::store::run(argc, argv); }
