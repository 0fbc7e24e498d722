// identifiers(models), identifiers(serials), identifiers(batches), identifiers(gtins).

#include <algorithm>
#include <array>

#include "gateway/mapping/converter.h"
#include "gateway/mapping/identifiers.h"

namespace recall::mapping {
namespace {

Result<Convert> make_gtins_in_prose() {
    return Convert([](Values& values, std::vector<Problem>& problems) {
        constexpr std::size_t gtin_digits = 14;
        Values out;
        for (const std::string& value : values) {
            GtinsInProse found = find_gtins(value);
            for (const std::string& digits : found.digits) {
                std::string gtin = std::string(gtin_digits - digits.size(), '0') + digits;
                if (std::ranges::find(out, gtin) == out.end()) out.push_back(std::move(gtin));
            }
            for (std::string& wrong : found.wrong)
                problems.push_back({ErrorCode::bad_gtin, std::move(wrong)});
        }
        values = std::move(out);
    });
}

Result<Convert> make_identifiers(const ConverterArguments& arguments, const CodeTables&) {
    const std::string& name = arguments.front();
    if (name == "gtins") return make_gtins_in_prose();
    IdentifierKind kind = IdentifierKind::models;
    if (name == "serials") {
        kind = IdentifierKind::serials;
    } else if (name == "batches") {
        kind = IdentifierKind::batches;
    } else if (name != "models") {
        return Error{ErrorCode::usage,
                     "identifiers takes models, serials, batches or gtins, not " + name};
    }
    return Convert([kind](Values& values, std::vector<Problem>&) {
        Values out;
        for (const std::string& value : values) {
            for (std::string& code : find_identifiers(value, kind)) {
                if (std::ranges::find(out, code) == out.end()) out.push_back(std::move(code));
            }
        }
        values = std::move(out);
    });
}

constexpr std::array<ConverterSpec, 1> specs = {{
    {"identifiers", 1, 1,
     "numbers in sentences behind the words that announce them, lists and ranges too: models (also "
     "item, style, SKU and part numbers), serials, batches (also date and case codes) or gtins",
     make_identifiers},
}};

}  // namespace

std::span<const ConverterSpec> identifier_converters() { return specs; }

}  // namespace recall::mapping
