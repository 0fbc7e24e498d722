#pragma once
// The pages and files that are generated from our tables and mapping files.

#include <string>
#include <vector>

namespace recall::ops {

struct Generated {
    std::string path;  // inside the source tree
    std::string text;
};

std::vector<Generated> references();

}  // namespace recall::ops
