// Every command of the program, in the order of the help page. A command's file defines
// `const Command& <name>_command()`; it is declared and listed here.

#include "gateway/ops/command.h"

namespace recall::ops {

const Command& key_list_command();
const Command& key_new_command();
const Command& sign_command();
const Command& verify_command();

const std::vector<Command>& commands() {
    static const std::vector<Command> all = {
        key_list_command(),
        key_new_command(),
        sign_command(),
        verify_command(),
    };
    return all;
}

}  // namespace recall::ops
