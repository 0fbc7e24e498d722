#pragma once
// A command of the program: its name, options and what it does. Each command is one file; the
// list is commands.cpp. Data goes to standard output, text for people to standard error.
// One thread. Commands return an exit code; a Failure that escapes is reported by main.

#include <iosfwd>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"

namespace recall::ops {

// Exit codes, the same for every command.
inline constexpr int exit_done = 0;
inline constexpr int exit_not_so = 1;       // the thing asked about is not so
inline constexpr int exit_usage = 2;        // wrong usage or configuration
inline constexpr int exit_quarantined = 3;  // some records were quarantined
inline constexpr int exit_failed = 4;       // the work could not go on

struct OptionSpec {
    std::string_view name;   // "since", given as --since
    std::string_view value;  // word for its value in the help, "DATE"; empty for a flag
    std::string_view text;   // one line for the help, with the default
};

// What stood on the command line, already checked against the command's options.
class Arguments {
  public:
    bool has(std::string_view option) const { return options_.contains(option); }
    // The last value given; `otherwise` when the option was not given.
    std::string value(std::string_view option, std::string_view otherwise = {}) const;
    // Every value given, in order; empty when not given.
    std::vector<std::string> values(std::string_view option) const;
    const std::vector<std::string>& words() const { return words_; }

  private:
    friend Result<Arguments> parse_arguments(const struct Command&, std::span<const std::string>);
    std::map<std::string, std::vector<std::string>, std::less<>> options_;
    std::vector<std::string> words_;
};

// A command ends in one of these ways: an exit code, or an Error that main prints as one line
// (usage and config errors exit 2, all others 4).
using CommandRun = Result<int> (*)(const Arguments&);

struct Command {
    std::string_view name;     // may hold a blank: "source list"
    std::string_view summary;  // one line
    std::string_view words;    // what may follow, "SOURCE FILE…"; empty when nothing may
    std::vector<OptionSpec> options;
    std::string_view details;  // paragraphs for --help: behaviour, exit codes
    CommandRun run = nullptr;
};

// --name VALUE, --name=VALUE, flags, and words; "--" ends the options. An unknown option is refused
// with its near miss.
Result<Arguments> parse_arguments(const Command& command, std::span<const std::string> given);

// Every command, in the order of the help page.
const std::vector<Command>& commands();

// Runs what argv names: dispatch, --help, --version, error lines. Returns the exit code.
int run_program(std::span<const std::string> arguments);

// The help page of one command.
std::string help(const Command& command);

}  // namespace recall::ops
