// firm(name), firm(trade-names), …: the parts of a firm as notices write it.

#include <array>

#include "gateway/mapping/converter.h"
#include "gateway/mapping/firm.h"

namespace recall::mapping {
namespace {

using Part = Values (*)(const Firm&);

Result<Part> part_named(std::string_view name) {
    if (name == "name") return Part([](const Firm& firm) { return Values{firm.name}; });
    if (name == "local-name") return Part([](const Firm& firm) { return Values{firm.local_name}; });
    if (name == "city") return Part([](const Firm& firm) { return Values{firm.city}; });
    if (name == "country") return Part([](const Firm& firm) { return Values{firm.country}; });
    if (name == "trade-names") return Part([](const Firm& firm) { return firm.trade_names; });
    return Error{
        ErrorCode::usage,
        "firm takes name, local-name, city, country or trade-names, not " + std::string(name)};
}

Result<Convert> make_firm(const ConverterArguments& arguments, const CodeTables& tables) {
    const auto part = part_named(arguments.front());
    if (!part) return part.error();
    const PlaceTables places{tables.find("countries"), tables.find("places"),
                             tables.find("cities")};
    if (places.countries == nullptr || places.places == nullptr || places.cities == nullptr)
        return Error{ErrorCode::usage, "firm needs the tables countries, places and cities"};
    return Convert([part = *part, places](Values& values, std::vector<Problem>&) {
        Values out;
        for (const std::string& value : values) {
            for (std::string& text : part(read_firm(value, places))) {
                if (!text.empty()) out.push_back(std::move(text));
            }
        }
        values = std::move(out);
    });
}

constexpr std::array<ConverterSpec, 1> specs = {{
    {"firm", 1, 1,
     "a part of a firm's line, \"NAME, dba TRADE NAME, of CITY, STATE\": name, local-name, city, "
     "country or trade-names",
     make_firm},
}};

}  // namespace

std::span<const ConverterSpec> firm_converters() { return specs; }

}  // namespace recall::mapping
