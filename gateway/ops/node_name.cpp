#include "gateway/ops/node_name.h"

#include <unistd.h>

#include <filesystem>

namespace recall::ops {

std::string node_name(const settings::Settings& settings) {
    char host[256] = "";
    ::gethostname(host, sizeof host - 1);
    return std::string(host) + ":" + std::filesystem::absolute(settings.data_folder).string();
}

}  // namespace recall::ops
