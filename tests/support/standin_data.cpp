#include "tests/support/standin_data.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "gateway/base/failure.h"

namespace recall::test {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) throw Failure(ErrorCode::not_found, "cannot read " + path.string());
    return text.str();
}

std::vector<fs::path> files(const fs::path& folder, std::string_view extension) {
    std::error_code error;
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (entry.path().extension() == extension) found.push_back(entry.path());
    if (error) throw Failure(ErrorCode::not_found, "cannot list " + folder.string());
    std::ranges::sort(found);
    return found;
}

// The objects of a JSON array, as their bytes.
std::vector<std::string> objects(const std::string& array) {
    std::vector<std::string> found;
    std::size_t start = 0;
    int depth = 0;
    bool in_string = false;
    for (std::size_t at = 0; at < array.size(); ++at) {
        const char c = array[at];
        if (in_string) {
            if (c == '\\') ++at;
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' && depth++ == 0) {
            start = at;
        } else if (c == '}' && --depth == 0) {
            found.push_back(array.substr(start, at + 1 - start));
        }
    }
    return found;
}

void add_recalls(StandInDocuments& documents, const fs::path& folder) {
    for (const fs::path& file : files(folder, ".json")) {
        for (std::string& object : objects(content(file))) {
            std::string id(between(object, "\"RecallID\":", ","));
            std::erase(id, ' ');
            documents[id] = std::move(object);
        }
    }
}

void add_reports(StandInDocuments& documents, const fs::path& folder) {
    for (const fs::path& file : files(folder, ".xml")) {
        const std::string stem = file.stem().string();
        documents[stem.substr(stem.find('_') + 1)] = content(file);
    }
}

void add_feed(StandInDocuments& documents, const fs::path& folder) {
    for (const fs::path& file : files(folder, ".html"))
        documents[file.stem().string()] = content(file);
    const std::string feed = content(folder / "feed.xml");
    constexpr std::string_view end = "</item>";
    for (std::size_t at = feed.find("<item>"); at != std::string::npos;
         at = feed.find("<item>", at + end.size())) {
        const std::string item = feed.substr(at, feed.find(end, at) + end.size() - at);
        const std::string link(between(item, "<link>", "</link>"));
        documents["item:" + link.substr(link.rfind('/') + 1)] = item;
    }
}

}  // namespace

std::string_view between(std::string_view text, std::string_view from, std::string_view to) {
    const std::size_t start = text.find(from);
    if (start == std::string_view::npos) return {};
    const std::size_t end = text.find(to, start + from.size());
    if (end == std::string_view::npos) return {};
    return text.substr(start + from.size(), end - start - from.size());
}

StandInData stand_in_data(const std::string& folder) {
    StandInData data;
    add_recalls(data["us-cpsc"], fs::path(folder) / "us-cpsc");
    add_reports(data["eu-safety-gate"], fs::path(folder) / "eu-safety-gate");
    add_feed(data["au-accc"], fs::path(folder) / "au-accc");
    StandInDocuments& pages = data["jp-caa"];
    for (const fs::path& file : files(fs::path(folder) / "jp-caa", ".html"))
        pages[file.stem().string()] = content(file);
    std::istringstream rows(content(fs::path(folder) / "jp-caa" / "list.tsv"));
    for (std::string line; std::getline(rows, line);) {
        const std::size_t tab = line.find('\t');
        if (tab != std::string::npos) pages["row:" + line.substr(0, tab)] = line.substr(tab + 1);
    }
    return data;
}

StandInData stand_in_samples(const std::string& shared) {
    const fs::path samples = fs::path(shared) / "feeds" / "samples";
    StandInData data;
    add_recalls(data["us-cpsc"], samples / "us-cpsc");
    add_reports(data["eu-safety-gate"], samples / "eu-safety-gate" / "weekly");
    for (const fs::path& file : files(samples / "jp-caa" / "detail_html", ".html")) {
        const std::string rcl = file.stem().string().substr(std::string_view("out_").size());
        data["jp-caa"][rcl] = content(file);
        data["jp-caa"]["row:" + rcl] = "4\t家電製品\t2026/10/01";
    }
    data["au-accc"];
    return data;
}

}  // namespace recall::test
