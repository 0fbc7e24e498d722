// Converters to ISO 8601 dates.

#include <array>

#include "gateway/base/date_pattern.h"
#include "gateway/mapping/converter.h"

namespace recall::mapping {
namespace {

Result<Convert> make_date(const ConverterArguments& arguments, const CodeTables&) {
    const auto pattern = DatePattern::compile(arguments.front());
    if (!pattern) return pattern.error();
    return one_by_one(
        [pattern = *pattern](const std::string& value,
                             std::vector<Problem>& problems) -> std::optional<std::string> {
            const auto date = pattern.read(value);
            if (!date) {
                problems.push_back({ErrorCode::bad_date, value});
                return std::nullopt;
            }
            if (!*date) return std::nullopt;
            return to_text(**date);
        });
}

constexpr std::array<ConverterSpec, 1> specs = {{
    {"date", 1, 1, "a date in one of the forms given (date_pattern.h): 'dd/MM/yyyy | d MMM yyyy'",
     make_date},
}};

}  // namespace

std::span<const ConverterSpec> date_converters() { return specs; }

}  // namespace recall::mapping
