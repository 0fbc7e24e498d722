#pragma once
// The settings of a command: what every command with a database takes on its command line.

#include <vector>

#include "gateway/ops/command.h"
#include "gateway/settings/settings.h"

namespace recall::ops {

// The command's own options and then --config FILE and --set NAME=VALUE, for Command::options.
std::vector<OptionSpec> with_settings(std::vector<OptionSpec> own = {});

// What the arguments, the environment and the file named by --config say together. The log is
// configured by it. Throws Failure with code config.
settings::Settings load_settings(const Arguments& arguments);

}  // namespace recall::ops
