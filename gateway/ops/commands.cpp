// Every command of the program, in the order of the help page. A command's file defines
// `const Command& <name>_command()`; it is declared and listed here.

#include "gateway/ops/command.h"

namespace recall::ops {

const Command& key_list_command();
const Command& key_new_command();
const Command& key_rotate_command();
const Command& serve_command();
const Command& sign_command();
const Command& verify_command();
const Command& doctor_command();
const Command& map_command();
const Command& poll_command();
const Command& source_list_command();
const Command& source_show_command();
const Command& source_check_command();
const Command& source_compare_command();
const Command& quarantine_list_command();
const Command& quarantine_show_command();
const Command& quarantine_replay_command();
const Command& quarantine_dismiss_command();
const Command& remap_command();
const Command& migrate_command();
const Command& user_add_command();
const Command& user_list_command();
const Command& user_revoke_command();
const Command& notice_show_command();
const Command& notice_list_command();
const Command& notice_export_command();
const Command& notice_translate_command();
const Command& picture_fetch_command();
const Command& picture_list_command();
const Command& cluster_list_command();
const Command& cluster_split_command();
const Command& cluster_join_command();
const Command& cluster_undo_command();
const Command& cluster_rebuild_command();
const Command& partner_list_command();
const Command& partner_add_command();
const Command& partner_remove_command();
const Command& partner_test_command();
const Command& outbox_list_command();
const Command& outbox_retry_command();
const Command& inbox_list_command();
const Command& match_command();
const Command& check_command();
const Command& match_confirm_command();
const Command& match_reject_command();
const Command& case_list_command();
const Command& case_show_command();
const Command& case_order_command();
const Command& order_answer_command();
const Command& import_listings_command();
const Command& import_products_command();

const std::vector<Command>& commands() {
    static const std::vector<Command> all = {
        serve_command(),
        key_list_command(),
        key_new_command(),
        key_rotate_command(),
        sign_command(),
        verify_command(),
        doctor_command(),
        poll_command(),
        source_list_command(),
        source_show_command(),
        source_check_command(),
        source_compare_command(),
        quarantine_list_command(),
        quarantine_show_command(),
        quarantine_replay_command(),
        quarantine_dismiss_command(),
        map_command(),
        remap_command(),
        migrate_command(),
        user_add_command(),
        user_list_command(),
        user_revoke_command(),
        notice_show_command(),
        notice_list_command(),
        notice_export_command(),
        notice_translate_command(),
        picture_fetch_command(),
        picture_list_command(),
        cluster_list_command(),
        cluster_split_command(),
        cluster_join_command(),
        cluster_undo_command(),
        cluster_rebuild_command(),
        partner_list_command(),
        partner_add_command(),
        partner_remove_command(),
        partner_test_command(),
        outbox_list_command(),
        outbox_retry_command(),
        inbox_list_command(),
        match_command(),
        check_command(),
        match_confirm_command(),
        match_reject_command(),
        case_list_command(),
        case_show_command(),
        case_order_command(),
        order_answer_command(),
        import_listings_command(),
        import_products_command(),
    };
    return all;
}

}  // namespace recall::ops
