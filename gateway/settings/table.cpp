#include <algorithm>
#include <array>

#include "gateway/settings/settings.h"

namespace recall::settings {
namespace {

constexpr Option table[] = {
#define GROUP(name, explanation)
#define TEXT(member, value, unit, secrecy, explanation)                             \
    {OptionType::text, #member,           value,  0, 0, unit, "", Secrecy::secrecy, \
     explanation,      &Settings::member, nullptr},
#define INTEGER(member, value, least, most, unit, explanation)                             \
    {OptionType::integer, #member, #value,           least, most, unit, "", Secrecy::open, \
     explanation,         nullptr, &Settings::member},
#define CHOICE(member, value, choices, explanation)                                   \
    {OptionType::choice, #member,           value,  0, 0, "", choices, Secrecy::open, \
     explanation,        &Settings::member, nullptr},
#include "gateway/settings/options.def"
#undef GROUP
#undef TEXT
#undef INTEGER
#undef CHOICE
};

constexpr Group group_table[] = {
#define GROUP(name, explanation) {#name, explanation},
#define TEXT(member, value, unit, secrecy, explanation)
#define INTEGER(member, value, least, most, unit, explanation)
#define CHOICE(member, value, choices, explanation)
#include "gateway/settings/options.def"
#undef GROUP
#undef TEXT
#undef INTEGER
#undef CHOICE
};

// Every member is <group>_<name>, so that the three spellings of an option follow from it.
static_assert(std::ranges::all_of(table, [](const Option& option) {
    return std::ranges::any_of(group_table, [&option](const Group& group) {
        return option.member.substr(0, group.name.size()) == group.name &&
               option.member.substr(group.name.size(), 1) == "_";
    });
}));

}  // namespace

std::span<const Option> options() { return table; }
std::span<const Group> groups() { return group_table; }

std::string Option::name() const {
    std::string out(member);
    out[out.find('_')] = '.';
    return out;
}

std::string Option::environment() const {
    std::string out = "RECALLGW_" + std::string(member);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
    return out;
}

std::string Option::limits() const {
    switch (type) {
        case OptionType::text:
            return "text (" + std::string(unit) + ")";
        case OptionType::integer:
            return "a whole number from " + std::to_string(least) + " to " + std::to_string(most) +
                   " (" + std::string(unit) + ")";
        case OptionType::choice: {
            std::string words(choices);
            for (std::size_t bar = words.find('|'); bar != std::string::npos;
                 bar = words.find('|')) {
                words.replace(bar, 1, ", ");
            }
            return "one of " + words;
        }
    }
    return {};
}

std::string Settings::database() const {
    return database_url.empty() ? "sqlite:" + data_folder + "/recallgw.db" : database_url;
}

std::string Settings::certs_folder() const {
    return data_certs.empty() ? data_folder + "/certs" : data_certs;
}

std::string shown(const Option& option, const Settings& settings) {
    if (option.number != nullptr) return std::to_string(settings.*option.number);
    const std::string& value = settings.*option.text;
    return option.secrecy == Secrecy::secret && !value.empty() ? "(secret)" : value;
}

}  // namespace recall::settings
