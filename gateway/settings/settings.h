#pragma once
// The gateway's settings: one plain struct made from the table options.def, filled in this order,
// later ones winning: the table's defaults, an XML file, the environment, --set on the command
// line. Read once at start, on one thread; afterwards only read. Wrong settings are one Error that
// names every fault found, with file and line where there is one. Secrets are never printed.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"

namespace recall::settings {

struct Settings {
#define GROUP(name, explanation)
#define TEXT(member, value, unit, secrecy, explanation) std::string member = value;
#define INTEGER(member, value, least, most, unit, explanation) long long member = value;
#define CHOICE(member, value, choices, explanation) std::string member = value;
#include "gateway/settings/options.def"
#undef GROUP
#undef TEXT
#undef INTEGER
#undef CHOICE

    // database.url, or the SQLite file inside data.folder when that is empty.
    std::string database() const;
    // data.certs, or the folder inside data.folder when that is empty.
    std::string certs_folder() const;
};

enum class OptionType { text, integer, choice };
enum class Secrecy { open, secret };

// One line of the table.
struct Option {
    OptionType type = OptionType::text;
    std::string_view member;  // "http_port"
    std::string_view fallback;
    long long least = 0;
    long long most = 0;
    std::string_view unit;
    std::string_view choices;  // "text|json"
    Secrecy secrecy = Secrecy::open;
    std::string_view explanation;
    std::string Settings::*text = nullptr;
    long long Settings::*number = nullptr;

    std::string name() const;         // "http.port"
    std::string environment() const;  // "RECALLGW_HTTP_PORT"
    std::string limits() const;       // "a whole number from 0 to 65535 (port)"
};

struct Group {
    std::string_view name;
    std::string_view explanation;
};

std::span<const Option> options();
std::span<const Group> groups();

// Where values come from.
struct Sources {
    std::string file;                      // empty: none
    std::vector<std::string> environment;  // "NAME=value"; names without RECALLGW_ are not ours
    std::vector<std::string> sets;         // "http.port=8443"
};

// Every fault, not the first one. The error code is config.
Result<Settings> load(const Sources& sources);

// The value as people may see it: "(secret)" in place of a secret that is set.
std::string shown(const Option& option, const Settings& settings);

}  // namespace recall::settings
