#pragma once
// Genuine samples, which are not part of the tree: the environment variable RECALLGW_SHARED names
// the folder that holds them. One thread.

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace recall::test {

// The files of a folder of samples, by name; empty, with a message, when they are not at hand.
inline std::vector<std::filesystem::path> samples(const std::string& folder,
                                                  const std::string& ending) {
    const char* shared = std::getenv("RECALLGW_SHARED");
    const std::filesystem::path where =
        std::filesystem::path(shared == nullptr ? "" : shared) / "feeds/samples" / folder;
    std::vector<std::filesystem::path> out;
    if (shared == nullptr || *shared == '\0' || !std::filesystem::is_directory(where)) {
        BOOST_TEST_MESSAGE("skipped: RECALLGW_SHARED names no folder with " << folder);
        return out;
    }
    for (const auto& entry : std::filesystem::directory_iterator(where)) {
        if (entry.path().string().ends_with(ending)) out.push_back(entry.path());
    }
    std::ranges::sort(out);
    return out;
}

}  // namespace recall::test
