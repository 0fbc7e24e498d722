// Every command of the program, in the order of the help page. A command's file defines
// `const Command& <name>_command()`; it is declared and listed here.

#include "gateway/ops/command.h"

namespace recall::ops {

const std::vector<Command>& commands() {
    static const std::vector<Command> all = {};
    return all;
}

}  // namespace recall::ops
