// recallgw doctor: says everything that is wrong, not the first thing.

#include <filesystem>
#include <fstream>
#include <iostream>

#include "gateway/base/failure.h"
#include "gateway/ops/checks.h"
#include "gateway/ops/configuration.h"
#include "gateway/ops/references.h"

namespace recall::ops {
namespace {

std::string read_whole(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Result<int> write_references(const std::string& folder) {
    for (const Generated& file : references()) {
        const std::string path = folder + "/" + file.path;
        std::error_code status;  // told by the file that cannot be written
        std::filesystem::create_directories(std::filesystem::path(path).parent_path(), status);
        std::ofstream out(path, std::ios::binary | std::ios::trunc);
        out << file.text;
        out.close();
        if (!out) return Error{ErrorCode::io, path + " cannot be written"};
    }
    return exit_done;
}

Result<int> check_references(const std::string& folder) {
    int outcome = exit_done;
    for (const Generated& file : references()) {
        if (read_whole(folder + "/" + file.path) == file.text) continue;
        std::cout << file.path << " is stale: run recallgw doctor --write-references " << folder
                  << '\n';
        outcome = exit_not_so;
    }
    return outcome;
}

std::string_view word(CheckOutcome outcome) {
    switch (outcome) {
        case CheckOutcome::good:
            return "good   ";
        case CheckOutcome::warning:
            return "warning";
        case CheckOutcome::bad:
            return "BAD    ";
    }
    return "";
}

Result<int> run(const Arguments& arguments) {
    if (arguments.has("write-references"))
        return write_references(arguments.value("write-references"));
    if (arguments.has("check-references"))
        return check_references(arguments.value("check-references"));
    const settings::Settings settings = load_settings(arguments);
    if (arguments.has("settings")) {
        for (const settings::Option& option : settings::options()) {
            std::cout << option.name() << '=' << settings::shown(option, settings) << '\n';
        }
        return exit_done;
    }
    int outcome = exit_done;
    for (const CheckLine& line : run_checks(settings, SystemClock().now())) {
        std::cout << word(line.outcome) << "  " << line.subject << ": " << line.text << '\n';
        if (line.outcome == CheckOutcome::bad) outcome = exit_not_so;
    }
    return outcome;
}

}  // namespace

const Command& doctor_command() {
    static const Command command{
        "doctor",
        "check settings, database, certificates, mappings and files",
        "",
        with_settings({{"settings", "", "print the settings in force, without secrets"},
                       {"write-references", "TREE", "write the generated pages into a source tree"},
                       {"check-references", "TREE", "say which generated pages are stale"}}),
        "Names everything that is wrong, and of mappings, code tables and lexicon file and line.\n"
        "Exit 0 when the gateway can be served, 1 when something is bad (or a page stale), 2 when\n"
        "the settings themselves are refused.",
        run};
    return command;
}

}  // namespace recall::ops
