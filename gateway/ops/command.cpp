#include "gateway/ops/command.h"

#include <algorithm>
#include <cstdio>
#include <iostream>

#include "gateway/base/failure.h"
#include "gateway/base/near_miss.h"

namespace recall::ops {
namespace {

const Command* find_command(std::span<const std::string> arguments, std::size_t& used) {
    const Command* found = nullptr;
    for (const Command& command : commands()) {
        const bool two_words = command.name.find(' ') != std::string_view::npos;
        if (two_words && arguments.size() >= 2 &&
            command.name == arguments[0] + " " + arguments[1]) {
            used = 2;
            return &command;
        }
        if (command.name == arguments[0]) {
            used = 1;
            found = &command;
        }
    }
    return found;
}

void print_overview() {
    std::cout << "recallgw watches foreign recall notices, finds the products and exchanges signed "
                 "notices.\n\n"
                 "usage: recallgw COMMAND …\n\n";
    std::size_t width = 0;
    for (const Command& command : commands())
        width = std::max(width, command.name.size());
    for (const Command& command : commands()) {
        std::cout << "  " << command.name << std::string(width + 2 - command.name.size(), ' ')
                  << command.summary << '\n';
    }
    std::cout << "\n`recallgw COMMAND --help` explains a command. Exit codes: 0 done, 1 not so, "
                 "2 wrong usage or\nconfiguration, 3 some records were quarantined, 4 the work "
                 "could not go on.\n";
}

int report(const Error& error) {
    std::cerr << "recallgw: " << error.line() << '\n';
    const bool usage = error.code == ErrorCode::usage || error.code == ErrorCode::config;
    return usage ? exit_usage : exit_failed;
}

int refuse_command(std::span<const std::string> arguments) {
    std::vector<std::string_view> names;
    for (const Command& command : commands())
        names.push_back(command.name);
    const std::string& word = arguments[0];
    // "source" alone, or with a wrong second word: show what may follow.
    std::string follow;
    for (const std::string_view name : names) {
        if (name.substr(0, word.size() + 1) == word + " ")
            follow += "\n  recallgw " + std::string(name);
    }
    if (!follow.empty()) return report({ErrorCode::usage, word + " needs one of:" + follow});
    return report({ErrorCode::usage, "there is no command " + word + did_you_mean(word, names) +
                                         " (recallgw --help lists them)"});
}

}  // namespace

std::string Arguments::value(std::string_view option, std::string_view otherwise) const {
    const auto found = options_.find(option);
    return found == options_.end() ? std::string(otherwise) : found->second.back();
}

std::vector<std::string> Arguments::values(std::string_view option) const {
    const auto found = options_.find(option);
    return found == options_.end() ? std::vector<std::string>() : found->second;
}

Result<Arguments> parse_arguments(const Command& command, std::span<const std::string> given) {
    Arguments out;
    std::vector<std::string_view> names;
    for (const OptionSpec& option : command.options)
        names.push_back(option.name);
    for (std::size_t i = 0; i < given.size(); ++i) {
        const std::string& word = given[i];
        if (word == "--") {
            out.words_.insert(out.words_.end(), given.begin() + std::ptrdiff_t(i) + 1, given.end());
            break;
        }
        if (word.size() < 3 || word.compare(0, 2, "--") != 0) {
            out.words_.push_back(word);
            continue;
        }
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
        const auto spec = std::ranges::find(command.options, name, &OptionSpec::name);
        if (spec == command.options.end()) {
            return Error{ErrorCode::usage, std::string(command.name) + " has no option --" + name +
                                               did_you_mean(name, names)};
        }
        if (spec->value.empty()) {
            if (equals != std::string::npos)
                return Error{ErrorCode::usage, "--" + name + " takes no value"};
            out.options_[name].emplace_back("yes");
        } else if (equals != std::string::npos) {
            out.options_[name].push_back(word.substr(equals + 1));
        } else if (++i < given.size()) {
            out.options_[name].push_back(given[i]);
        } else {
            return Error{ErrorCode::usage,
                         "--" + name + " needs a value: " + std::string(spec->value)};
        }
    }
    if (command.words.empty() && !out.words_.empty()) {
        return Error{ErrorCode::usage, std::string(command.name) +
                                           " takes no words, but was given " + out.words_.front()};
    }
    return out;
}

std::string help(const Command& command) {
    std::string out = std::string(command.name) + ": " + std::string(command.summary) +
                      "\n\nusage: recallgw " + std::string(command.name);
    if (!command.options.empty()) out += " [OPTIONS]";
    if (!command.words.empty()) out += " " + std::string(command.words);
    out += "\n\n";
    for (const OptionSpec& option : command.options) {
        std::string left = "  --" + std::string(option.name);
        if (!option.value.empty()) left += " " + std::string(option.value);
        left.resize(std::max<std::size_t>(left.size() + 2, 28), ' ');
        out += left + std::string(option.text) + "\n";
    }
    if (!command.details.empty()) out += "\n" + std::string(command.details) + "\n";
    return out;
}

int run_program(std::span<const std::string> arguments) {
    if (arguments.empty() || arguments[0] == "--help" || arguments[0] == "help") {
        print_overview();
        return arguments.empty() ? exit_usage : exit_done;
    }
    if (arguments[0] == "--version") {
        std::cout << "recallgw " RECALLGW_VERSION "\n";
        return exit_done;
    }
    std::size_t used = 0;
    const Command* command = find_command(arguments, used);
    if (command == nullptr) return refuse_command(arguments);
    const auto rest = arguments.subspan(used);
    if (std::ranges::find(rest, "--help") != rest.end()) {
        std::cout << help(*command);
        return exit_done;
    }
    try {
        const Result<Arguments> parsed = parse_arguments(*command, rest);
        if (!parsed) return report(parsed.error());
        const Result<int> done = command->run(*parsed);
        std::cout.flush();
        if (!done) return report(done.error());
        if (!std::cout) return report({ErrorCode::io, "standard output could not be written"});
        return *done;
    } catch (const Failure& failure) {
        std::cout.flush();
        return report(failure.error());
    } catch (const std::ios_base::failure& failure) {  // such as reading a folder as a file
        std::cout.flush();
        return report({ErrorCode::io, failure.what()});
    }
}

}  // namespace recall::ops
