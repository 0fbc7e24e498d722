#pragma once
// A mapping out of a text, with the code tables of the tree. One thread.

#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "gateway/mapping/mapping_file.h"

namespace recall::mapping {

inline Result<Mapping> load_text(const std::string& text) {
    static const auto folder = MappingFolder::open(std::string(RECALLGW_SOURCE_DIR) + "/mappings");
    BOOST_REQUIRE(folder.ok());
    const auto path = std::filesystem::temp_directory_path() /
                      ("mapping-of-text-" + std::to_string(getpid()) + ".xml");
    std::ofstream(path) << text;
    auto mapping = folder->load_file(path.string());
    std::filesystem::remove(path);
    return mapping;
}

}  // namespace recall::mapping
