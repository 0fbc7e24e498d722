#pragma once
// A firm as notices write it: "SN Commerce LLC, dba TheKiddoShop, of Dover, Delaware". Takes it
// apart strictly: a place counts when its last part is a country, state or province of the tables.
// Pure; any thread; never fails, the name is then the whole text.

#include <string>
#include <string_view>
#include <vector>

#include "gateway/mapping/code_table.h"

namespace recall::mapping {

struct Firm {
    std::string name;
    std::string local_name;  // the romanised or Chinese name, where an English one stands beside it
    std::string city;
    std::string country;                   // code
    std::vector<std::string> trade_names;  // "doing business as"
};

// Tables that places are looked up in. `cities`: those of China, whose firms begin with them.
struct PlaceTables {
    const CodeTable* countries = nullptr;
    const CodeTable* places = nullptr;
    const CodeTable* cities = nullptr;
};

Firm read_firm(std::string_view text, const PlaceTables& tables);

}  // namespace recall::mapping
