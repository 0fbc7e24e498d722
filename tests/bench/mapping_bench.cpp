// How fast documents become notices, beside what the parsers alone need for the same bytes, and
// beside what a shell user would reach for. The inputs are our own fixtures, repeated.
//     mapping_bench [MEGABYTES] [FOLDER]    default 64, in a temporary folder
// Prints for XML and JSON: notices/s, MB/s and CPU seconds, then the peak of memory.

#include <libxml/parser.h>
#include <simdjson.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "gateway/json/notice_json.h"
#include "gateway/mapping/map_document.h"

namespace recall {

namespace {

namespace files = std::filesystem;

const std::string source_dir = RECALLGW_SOURCE_DIR;

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

double cpu_seconds() { return double(std::clock()) / CLOCKS_PER_SEC; }

double peak_megabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024;
}

struct Input {
    std::string path;
    double megabytes = 0;
};

// head, then `body` until the size is reached, then tail.
Input repeat(const files::path& path, const std::string& head, const std::string& body,
             const std::string& tail, double megabytes) {
    std::ofstream file(path, std::ios::binary);
    file << head;
    double written = double(head.size());
    bool is_first = true;
    while (written < megabytes * 1e6) {
        if (!is_first && tail == "]") file << ",";
        is_first = false;
        file << body;
        written += double(body.size());
    }
    file << tail;
    return {path.string(), written / 1e6};
}

Input make_xml(const files::path& folder, double megabytes) {
    const std::string report = read(source_dir + "/tests/fixtures/eu/safety-gate/report.xml");
    const std::size_t from = report.find("<notifications");
    const std::size_t to =
        report.rfind("</notifications>") + std::string("</notifications>").size();
    return repeat(folder / "report.xml", report.substr(0, from), report.substr(from, to - from),
                  "</Safety-Gate>", megabytes);
}

Input make_json(const files::path& folder, double megabytes) {
    const std::string recalls = read(source_dir + "/tests/fixtures/us/cpsc/recalls.json");
    return repeat(folder / "recalls.json", "[", recalls.substr(1, recalls.rfind(']') - 1), "]",
                  megabytes);
}

void row(const std::string& name, const Input& input, double seconds, long notices) {
    std::printf("%-44s %8.1f MB/s  %7.2f s", name.c_str(), input.megabytes / seconds, seconds);
    if (notices > 0) std::printf("  %9.0f notices/s", double(notices) / seconds);
    std::printf("\n");
    std::fflush(stdout);
}

void map(const char* source, const Input& input, bool with_text) {
    const auto folder = mapping::MappingFolder::open(source_dir + "/mappings");
    if (!folder) std::abort();
    const auto mapping = folder->load(source);
    if (!mapping) std::abort();
    const double begin = cpu_seconds();
    std::size_t bytes = 0;
    const auto outcome = mapping::map_document(
        *mapping, file_source(input.path), {}, [&](mapping::MappedRecord&& record) {
            if (with_text && record.notice) bytes += json::write_notice(*record.notice).size();
        });
    const std::string name =
        std::string(source) + (with_text ? ", mapped and written as JSON" : ", mapped");
    row(name, input, cpu_seconds() - begin, outcome.notices + outcome.quarantined);
}

void parse_with_libxml2(const Input& input) {
    const double begin = cpu_seconds();
    xmlSAXHandler quiet{};
    quiet.initialized = XML_SAX2_MAGIC;
    xmlParserCtxt* context = xmlCreatePushParserCtxt(&quiet, nullptr, nullptr, 0, nullptr);
    std::ifstream file(input.path, std::ios::binary);
    std::string chunk(65536, '\0');
    while (file.read(chunk.data(), long(chunk.size())) || file.gcount() > 0) {
        xmlParseChunk(context, chunk.data(), int(file.gcount()), 0);
    }
    xmlParseChunk(context, nullptr, 0, 1);
    xmlFreeParserCtxt(context);
    row("libxml2 alone, events and no tree", input, cpu_seconds() - begin, 0);
}

void parse_tree_with_libxml2(const Input& input) {
    const double begin = cpu_seconds();
    xmlDoc* document = xmlReadFile(input.path.c_str(), nullptr,
                                   XML_PARSE_NONET | XML_PARSE_COMPACT | XML_PARSE_HUGE);
    xmlFreeDoc(document);
    row("libxml2 alone, whole tree", input, cpu_seconds() - begin, 0);
}

void parse_with_simdjson(const Input& input) {
    const double begin = cpu_seconds();
    simdjson::dom::parser parser;
    const auto result = parser.load(input.path);
    if (result.error()) std::printf("simdjson: %s\n", simdjson::error_message(result.error()));
    row("simdjson alone, whole document", input, cpu_seconds() - begin, 0);
}

void shell(const std::string& name, const Input& input, const std::string& command) {
    if (std::system(
            ("command -v " + command.substr(0, command.find(' ')) + " >/dev/null").c_str()) != 0) {
        std::printf("%-44s not installed\n", name.c_str());
        return;
    }
    const auto begin = std::chrono::steady_clock::now();
    const int code = std::system((command + " " + input.path + " >/dev/null 2>&1").c_str());
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    row(name + (code == 0 ? "" : " (failed)"), input, seconds.count(), 0);
}

void run(double megabytes, const files::path& folder) {
    const Input report = make_xml(folder, megabytes);
    const Input recalls = make_json(folder, megabytes);
    map("eu-safety-gate", report, false);
    map("eu-safety-gate", report, true);
    map("us-cpsc", recalls, false);
    map("us-cpsc", recalls, true);
    std::printf("%-44s %8.0f MB\n", "peak of memory after mapping", peak_megabytes());
    parse_with_libxml2(report);
    parse_with_simdjson(recalls);
    constexpr double tree_megabytes_max = 200;
    if (megabytes <= tree_megabytes_max) parse_tree_with_libxml2(report);
    shell("xmllint --stream", report, "xmllint --stream --noout");
    shell("jq, fields of each object", recalls, "jq -c '.[]|{RecallID,Title,URL}'");
}

}  // namespace
}  // namespace recall

int main(int count, char** arguments) {
    const double megabytes = count > 1 ? std::atof(arguments[1]) : 64;
    const auto folder = count > 2 ? std::filesystem::path(arguments[2])
                                  : std::filesystem::temp_directory_path() / "mapping_bench";
    std::filesystem::create_directories(folder);
    recall::run(megabytes, folder);
    if (count <= 2) std::filesystem::remove_all(folder);
    return 0;
}
