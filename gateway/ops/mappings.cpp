#include "gateway/ops/mappings.h"

#include "gateway/base/failure.h"

namespace recall::ops {

std::string mappings_path(const std::string& setting) {
    return setting.empty() ? std::string(RECALLGW_SOURCE_DIR) + "/mappings" : setting;
}

mapping::MappingFolder open_mappings(const std::string& setting) {
    Result<mapping::MappingFolder> folder = mapping::MappingFolder::open(mappings_path(setting));
    if (!folder) throw Failure(folder.error());
    return std::move(*folder);
}

Result<mapping::Mapping> load_known_mapping(const mapping::MappingFolder& mappings,
                                            const std::string& source) {
    Result<mapping::Mapping> mapping = mappings.load(source);
    if (!mapping && mapping.error().code == ErrorCode::not_found)
        return Error{ErrorCode::usage, mapping.error().text};
    return mapping;
}

}  // namespace recall::ops
