// Fills a database from tables of the size of the NHTSA's, over HTTP, and again when the tables are
// the same but zipped anew, as they are every day. The tables are made by a process of their own,
// so that the peak of memory is that of the gateway's work, its test server included.
//     nhtsa_bench [ROWS]     default 327000
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "adapters/registry.h"
#include "gateway/ingest/run.h"
#include "gateway/store/migrations.h"
#include "tests/bench/nhtsa_rows.h"
#include "tests/support/table_site.h"
#include "tests/support/temp_folder.h"

namespace recall::bench {
namespace {

constexpr const char* older = "FLAT_RCL_PRE_2010";
constexpr const char* newer = "FLAT_RCL_POST_2010";

std::string read(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

void write(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

// Writes both tables, each zipped on two days.
void make_tables(const test::TempFolder& folder, long rows) {
    const pid_t child = fork();
    if (child != 0) {
        int status = 0;
        waitpid(child, &status, 0);
        if (status != 0) std::exit(1);
        return;
    }
    const NhtsaTables tables = nhtsa_tables(rows);
    for (int day = 1; day <= 2; ++day) {
        const std::string suffix = std::to_string(day);
        write(folder.file(older + suffix),
              test::zipped(older + std::string(".txt"), tables.before_2010, day));
        write(folder.file(newer + suffix),
              test::zipped(newer + std::string(".txt"), tables.since_2010, day));
    }
    std::printf("%ld rows, %ld campaigns, %.0f MB\n", tables.rows, tables.campaigns,
                double(tables.before_2010.size() + tables.since_2010.size()) / 1e6);
    std::fflush(stdout);
    _exit(0);
}

void serve(test::TableSite& site, const test::TempFolder& folder, int day) {
    for (const char* name : {older, newer}) {
        site.put(std::string("/odi/ffdd/rcl/") + name + ".zip",
                 {.bytes = read(folder.file(name + std::to_string(day)))});
    }
}

double peak_megabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024;
}

double poll(const ingest::RunParts& parts, const mapping::Mapping& mapping, const char* what,
            long rows) {
    const auto start = std::chrono::steady_clock::now();
    ingest::RunOptions options;
    options.scope = ingest::Scope::full;
    const auto report =
        ingest::run_source(parts, mapping, adapters::find_adapter(mapping.fetch->adapter), options);
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (!report) std::exit(1);
    std::printf(
        "%-28s %7.1f s  %8.0f rows/s  peak %4.0f MB  %lld notices, %lld new, "
        "%lld changed, %lld quarantined  %s\n",
        what, seconds, double(rows) / seconds, peak_megabytes(), report->counts.fetched,
        report->counts.created, report->counts.changed, report->counts.quarantined,
        report->reason.c_str());
    std::fflush(stdout);
    return seconds;
}

int run(long rows) {
    const test::TempFolder folder;
    make_tables(folder, rows);
    test::TableSite site;
    site.put("/safetyIssues/byDate",
             {R"({"meta":{},"results":[{"recalls":[]}]})", "application/json"});
    const SystemClock clock;
    const auto database = store::Database::open(
        {.url = "sqlite:" + folder.file("bench.db"), .synchronous = store::Synchronous::normal});
    store::migrate(*database, clock.now());
    net::Fetcher fetcher({.spool_folder = folder.path().string(), .stand_in = site.url()}, clock);
    const ingest::RunParts parts{*database, fetcher, clock, "bench"};
    const auto mappings = mapping::MappingFolder::open(RECALLGW_SOURCE_DIR "/mappings");
    mapping::Mapping mapping = mappings.value().load("us-nhtsa").value();
    mapping.fetch->manners.interval_ms = 0;
    mapping.fetch->bounds.full_min = 1;
    serve(site, folder, 1);
    const double first = poll(parts, mapping, "from zero", rows);
    serve(site, folder, 2);
    const double second = poll(parts, mapping, "the same tables, zipped anew", rows);
    std::printf("the second run took %.1f %% of the first\n", 100 * second / first);
    return 0;
}

}  // namespace
}  // namespace recall::bench

int main(int count, char** arguments) {
    return recall::bench::run(count > 1 ? std::atol(arguments[1]) : 327'000);
}
