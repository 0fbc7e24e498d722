// Fills a database from a year of Safety Gate, or from a dump of the size of Canada's, over HTTP,
// and again when nothing changed. What is served is made by a process of its own, so that the peak
// of memory is that of the gateway's work, its test server included.
//     fill_bench eu-safety-gate [ALERTS]     default 4100, in 52 weekly reports
//     fill_bench ca-recalls [ROWS]           default 33961; FILE in place of ROWS: that dump
//     fill_bench us-fda-food [ROWS]          default 29161, in a ZIP container, later by page
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "adapters/registry.h"
#include "gateway/ingest/run.h"
#include "gateway/store/migrations.h"
#include "tests/bench/fill_documents.h"
#include "tests/support/table_site.h"
#include "tests/support/temp_folder.h"

namespace recall::bench {
namespace {

std::string read(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

std::vector<std::string> documents_of(const std::string& source, long records) {
    if (source == "ca-recalls") return canadian_dump(records);
    if (source == "us-fda-food") return enforcement_reports(records);
    return weekly_reports(records);
}

long usual_records(const std::string& source) {
    if (source == "ca-recalls") return 33'961;
    return source == "us-fda-food" ? 29'161 : 4'100;
}

// In a process of its own; each document is a file called by its number.
void make_documents(const test::TempFolder& folder, const std::string& source, long records) {
    const pid_t child = fork();
    if (child != 0) {
        int status = 0;
        waitpid(child, &status, 0);
        if (status != 0) std::exit(1);
        return;
    }
    long number = 0;
    double bytes = 0;
    for (const std::string& document : documents_of(source, records)) {
        std::ofstream(folder.file(std::to_string(number++)), std::ios::binary) << document;
        bytes += double(document.size());
    }
    std::printf("%s: %ld records in %ld documents, %.1f MB\n", source.c_str(), records, number,
                bytes / 1e6);
    std::fflush(stdout);
    _exit(0);
}

constexpr const char* dump_path =
    "/sites/default/files/opendata-donneesouvertes/HCRSAMOpenData.json";
constexpr const char* reports_path = "/safety-gate-alerts/api/download/weeklyReport/";

void serve(test::TableSite& site, const test::TempFolder& folder, const std::string& source) {
    if (source == "ca-recalls") {
        site.put(dump_path, {.bytes = read(folder.file("0")), .media_type = "application/json"});
        return;
    }
    if (source == "us-fda-food") {
        const std::string path = "/food/enforcement/food-enforcement-0001-of-0001.json.zip";
        const std::string all = read(folder.file("0"));
        site.put(path, {.bytes = test::zipped("food-enforcement-0001-of-0001.json", all)});
        site.put("/download.json",
                 {.bytes = R"({"results":{"food":{"enforcement":{"partitions":[{"file":)"
                           R"("https://download.open.fda.gov)" +
                           path + R"("}]}}}})",
                  .media_type = "application/json"});
        site.put("/food/enforcement.json", {.bytes = all, .media_type = "application/json"});
        return;
    }
    long reports = 0;
    while (std::filesystem::exists(folder.file(std::to_string(reports)))) {
        site.put(
            reports_path + ("detail/xml/" + report_number(reports)),
            {.bytes = read(folder.file(std::to_string(reports))), .media_type = "application/xml"});
        ++reports;
    }
    site.put(reports_path + std::string("list/xml/en"),
             {.bytes = report_index(reports), .media_type = "application/xml"});
    site.put("/safety-gate-alerts/public/api/search",
             {.bytes = R"({"content":[],"totalElements":0})", .media_type = "application/json"});
}

double peak_megabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024;
}

double poll(const ingest::RunParts& parts, const mapping::Mapping& mapping, const char* what) {
    const auto start = std::chrono::steady_clock::now();
    ingest::RunOptions options;
    options.scope = ingest::Scope::full;
    const auto report =
        ingest::run_source(parts, mapping, adapters::find_adapter(mapping.fetch->adapter), options);
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (!report) std::exit(1);
    std::printf(
        "%-10s %7.2f s  %8.0f rows/s  peak %4.0f MB  %lld records, %lld new, %lld changed, "
        "%lld quarantined  %s\n",
        what, seconds, double(report->counts.fetched) / seconds, peak_megabytes(),
        report->counts.fetched, report->counts.created, report->counts.changed,
        report->counts.quarantined, report->reason.c_str());
    std::fflush(stdout);
    return seconds;
}

int run(const std::string& source, const std::string& what) {
    const test::TempFolder folder;
    if (std::filesystem::exists(what)) {
        std::filesystem::copy_file(what, folder.file("0"));
    } else {
        make_documents(folder, source,
                       what.empty() ? usual_records(source) : std::atol(what.c_str()));
    }
    test::TableSite site;
    serve(site, folder, source);
    const SystemClock clock;
    const auto database = store::Database::open(
        {.url = "sqlite:" + folder.file("bench.db"), .synchronous = store::Synchronous::normal});
    store::migrate(*database, clock.now());
    net::Fetcher fetcher({.spool_folder = folder.path().string(), .stand_in = site.url()}, clock);
    const ingest::RunParts parts{*database, fetcher, clock, "bench"};
    const auto mappings = mapping::MappingFolder::open(RECALLGW_SOURCE_DIR "/mappings");
    mapping::Mapping mapping = mappings.value().load(source).value();
    mapping.fetch->manners.interval_ms = 0;
    mapping.fetch->manners.obeys_robots = false;
    mapping.fetch->bounds.full_min = 1;
    const double first = poll(parts, mapping, "from zero");
    if (source == "us-fda-food") poll(parts, mapping, "by page");
    const double second = poll(parts, mapping, "unchanged");
    std::printf("the unchanged run took %.1f %% of the first\n", 100 * second / first);
    return 0;
}

}  // namespace
}  // namespace recall::bench

int main(int count, char** arguments) {
    if (count < 2) {
        std::fprintf(stderr, "fill_bench eu-safety-gate|ca-recalls|us-fda-food [RECORDS|FILE]\n");
        return 2;
    }
    return recall::bench::run(arguments[1], count > 2 ? arguments[2] : "");
}
