#pragma once
// What tells this gateway from others that share its database. Any thread.

#include <string>

#include "gateway/settings/settings.h"

namespace recall::ops {

// Machine and data folder: no two gateways have both in common, and a restart changes neither.
std::string node_name(const settings::Settings& settings);

}  // namespace recall::ops
