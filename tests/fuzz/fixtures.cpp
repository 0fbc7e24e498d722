#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/fuzz/target.h"

namespace recall::fuzz {
namespace {

namespace files = std::filesystem;

// Larger ones slow a fuzzer down and tell it nothing new.
constexpr std::uintmax_t seed_bytes_max = 64U << 10U;

// The folders <cc>/<source> of tests/fixtures.
std::vector<files::path> fixture_folders() {
    std::vector<files::path> found;
    for (const auto& country : files::directory_iterator(RECALLGW_SOURCE_DIR "/tests/fixtures")) {
        if (!country.is_directory()) continue;
        for (const auto& source : files::directory_iterator(country.path())) {
            if (files::exists(source.path() / "expected.ndjson")) found.push_back(source.path());
        }
    }
    std::ranges::sort(found);
    return found;
}

std::string read(const files::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

}  // namespace

std::vector<Fixture> raw_fixtures() {
    std::vector<Fixture> found;
    for (const files::path& folder : fixture_folders()) {
        const std::string country = folder.parent_path().filename().string();
        const std::string name = folder.filename().string();
        for (const auto& file : files::directory_iterator(folder)) {
            if (file.path().extension() == ".ndjson" || file.file_size() > seed_bytes_max) continue;
            found.push_back({name == country ? name : country + "-" + name, read(file.path())});
        }
    }
    return found;
}

std::vector<std::string> expected_notices() {
    std::vector<std::string> found;
    for (const files::path& folder : fixture_folders()) {
        std::ifstream lines(folder / "expected.ndjson");
        for (std::string line; std::getline(lines, line);) {
            if (line.starts_with("{\"schema\"")) found.push_back(line);
        }
    }
    return found;
}

}  // namespace recall::fuzz
