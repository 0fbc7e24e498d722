#pragma once
// What a gateway process does of the gateway's work; several processes may share it out. Pure.

#include <string>
#include <vector>

#include "gateway/base/result.h"

namespace recall::ops {

struct Roles {
    bool poll = true;     // fetch from the sources
    bool match = true;    // match listings and notices
    bool deliver = true;  // distribute notices and deliver messages
    bool http = true;     // answer requests
    bool operator==(const Roles&) const = default;
};

// The values of --role, each one role or several with commas between; none given means all. Fails
// with usage for a word that is no role, naming its near miss.
Result<Roles> read_roles(const std::vector<std::string>& given);

// "poll,match"
std::string to_text(const Roles& roles);

}  // namespace recall::ops
