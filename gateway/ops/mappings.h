#pragma once
// The mapping and code files that commands use: the folder a setting names, else the one the
// program was built with. One thread.

#include <string>

#include "gateway/mapping/mapping_file.h"

namespace recall::ops {

std::string mappings_path(const std::string& setting);

// Throws Failure(bad_mapping), which names file and line.
mapping::MappingFolder open_mappings(const std::string& setting);

// A source's mapping as commands take it: a source that is not there is wrong usage.
Result<mapping::Mapping> load_known_mapping(const mapping::MappingFolder& mappings,
                                            const std::string& source);

}  // namespace recall::ops
