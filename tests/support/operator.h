#pragma once
// A person at the command line, with the settings of a gateway that works on the test's database
// and stand-in. One thread; what the command prints is caught.

#include <string>
#include <vector>

#include "gateway/ops/command.h"
#include "tests/support/poll_world.h"
#include "tests/support/printed.h"
#include "tests/support/quiet.h"

namespace recall::test {

struct Outcome {
    int code = 0;
    std::string out;
    std::string err;

    bool says(std::string_view text) const { return out.find(text) != std::string::npos; }
};

class Operator {
  public:
    Operator(TestStore& store, PollWorld& world)
        : settings_{"data.folder=" + folder_.file("data"), "database.url=" + store.options().url,
                    "poll.stand_in=" + world.site().url()} {}

    void use_mappings(const std::string& file, const std::string& from, const std::string& to) {
        settings_.push_back("data.mappings=" + changed_mappings(folder_, file, from, to));
    }

    Outcome run(std::vector<std::string> arguments) const {
        for (const std::string& setting : settings_) {
            arguments.emplace_back("--set");
            arguments.push_back(setting);
        }
        const Quiet quiet;
        const Printed caught;
        const int code = ops::run_program(arguments);
        return {code, caught.out.str(), caught.err.str()};
    }

  private:
    TempFolder folder_;
    std::vector<std::string> settings_;
};

}  // namespace recall::test
