// Every command of the program, in the order of the help page. A command's file defines
// `const Command& <name>_command()`; it is declared and listed here.

#include "gateway/ops/command.h"

namespace recall::ops {

const Command& key_list_command();
const Command& key_new_command();
const Command& serve_command();
const Command& sign_command();
const Command& verify_command();
const Command& doctor_command();
const Command& migrate_command();
const Command& user_add_command();
const Command& user_list_command();
const Command& user_revoke_command();
const Command& notice_show_command();
const Command& notice_list_command();
const Command& notice_export_command();

const std::vector<Command>& commands() {
    static const std::vector<Command> all = {
        serve_command(),         key_list_command(),    key_new_command(),
        sign_command(),          verify_command(),      doctor_command(),
        migrate_command(),       user_add_command(),    user_list_command(),
        user_revoke_command(),   notice_show_command(), notice_list_command(),
        notice_export_command(),
    };
    return all;
}

}  // namespace recall::ops
