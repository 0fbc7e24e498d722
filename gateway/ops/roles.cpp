#include "gateway/ops/roles.h"

#include <algorithm>
#include <array>

#include "gateway/base/near_miss.h"

namespace recall::ops {
namespace {

struct Role {
    std::string_view name;
    bool Roles::*member;
};

constexpr std::array<Role, 4> table = {{{"poll", &Roles::poll},
                                        {"match", &Roles::match},
                                        {"deliver", &Roles::deliver},
                                        {"http", &Roles::http}}};

Error unknown_role(std::string_view word) {
    std::vector<std::string_view> names;
    for (const Role& role : table)
        names.push_back(role.name);
    return {ErrorCode::usage, "there is no role " + std::string(word) + did_you_mean(word, names) +
                                  " (roles: poll, match, deliver, http)"};
}

}  // namespace

Result<Roles> read_roles(const std::vector<std::string>& given) {
    if (given.empty()) return Roles{};
    Roles roles{false, false, false, false};
    for (const std::string& words : given) {
        for (std::size_t begin = 0; begin <= words.size();) {
            const std::size_t end = std::min(words.find(',', begin), words.size());
            const std::string_view word = std::string_view(words).substr(begin, end - begin);
            const auto role = std::ranges::find(table, word, &Role::name);
            if (role == table.end()) return unknown_role(word);
            roles.*role->member = true;
            begin = end + 1;
        }
    }
    return roles;
}

std::string to_text(const Roles& roles) {
    std::string out;
    for (const Role& role : table) {
        if (roles.*role.member) out += (out.empty() ? "" : ",") + std::string(role.name);
    }
    return out;
}

}  // namespace recall::ops
