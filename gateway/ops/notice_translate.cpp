// recallgw notice translate: has the texts of notices translated now.

#include <iostream>

#include "gateway/ops/configuration.h"
#include "gateway/ops/open_database.h"
#include "gateway/ops/translate_role.h"

namespace recall::ops {
namespace {

Result<int> run(const Arguments& arguments) {
    if (arguments.words().empty()) return Error{ErrorCode::usage, "give the IDs of notices"};
    const settings::Settings settings = load_settings(arguments);
    const auto database = open_migrated_database(settings);
    const SystemClock clock;
    TranslateRole role(settings, *database, clock);
    if (!role.is_on()) {
        return Error{ErrorCode::config, "translation is off: translation.url names no service"};
    }
    int exit_code = exit_done;
    for (const std::string& id : arguments.words()) {
        const auto counts = role.work().translate_notice(id);
        if (!counts && counts.error().code == ErrorCode::not_found) {
            std::cerr << "there is no notice " << id << '\n';
            exit_code = exit_not_so;
            continue;
        }
        if (!counts) return counts.error();
        std::cout << id << "\ttranslated " << counts->made << "\tgiven up " << counts->failed
                  << '\n';
    }
    return exit_code;
}

}  // namespace

const Command& notice_translate_command() {
    static const Command command{
        "notice translate",
        "have a notice's texts translated now",
        "ID…",
        with_settings(),
        "By the service that translation.url names, into the languages of translation.targets;\n"
        "what was translated before is not sent again. serve does it for notices that come after "
        "it\n"
        "was switched on; this is for earlier ones. The translations stand beside the notice: "
        "notice\n"
        "show --lang and notice export --format html show them, marked as a machine's. Exit 1 "
        "when\n"
        "there is no such notice, 4 when the service fails.",
        run};
    return command;
}

}  // namespace recall::ops
