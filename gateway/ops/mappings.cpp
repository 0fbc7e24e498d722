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

}  // namespace recall::ops
