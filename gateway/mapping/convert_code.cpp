// Converters that look values up in the tables of mappings/codes.

#include <algorithm>
#include <array>

#include "gateway/mapping/clean_text.h"
#include "gateway/mapping/converter.h"
#include "gateway/mapping/mapping_error.h"

namespace recall::mapping {
namespace {

using Arguments = ConverterArguments;

Result<const CodeTable*> table_named(const std::string& name, const CodeTables& tables) {
    if (const CodeTable* table = tables.find(name)) return table;
    const auto names = tables.names();
    return Error{ErrorCode::usage,
                 "unknown code table \"" + name + "\"" + expected_one_of(name, names)};
}

// A code "-" says that the label is known and means that there is nothing to say.
bool says_nothing(const Code& code) { return code.id == "-"; }

Result<Convert> make_code(const Arguments& arguments, const CodeTables& tables) {
    const auto table = table_named(arguments.front(), tables);
    if (!table) return table.error();
    return one_by_one(
        [table = *table](const std::string& value,
                         std::vector<Problem>& problems) -> std::optional<std::string> {
            const Code* code = table->find_label(value);
            if (code == nullptr) {
                problems.push_back({ErrorCode::unknown_code, value});
                return std::nullopt;
            }
            if (says_nothing(*code)) return std::nullopt;
            return code->id;
        });
}

Result<Convert> make_words(const Arguments& arguments, const CodeTables& tables) {
    const auto table = table_named(arguments.front(), tables);
    if (!table) return table.error();
    const std::string rest = arguments.size() > 1 ? arguments[1] : "";
    return Convert([table = *table, rest](Values& values, std::vector<Problem>&) {
        std::string text;
        for (const std::string& value : values)
            text += (text.empty() ? "" : "\n") + value;
        values.clear();
        for (const Code* code : table->find_words(text))
            values.push_back(code->id);
        if (values.empty() && !rest.empty()) values.push_back(rest);
    });
}

// labels(table, rest, separator): a list of labels joined by ", " or the separator. Free text
// between them in which no word of the table stands is an unknown code, and told; it counts as
// `rest` too when that is given.
Result<Convert> make_labels(const Arguments& arguments, const CodeTables& tables) {
    const auto table = table_named(arguments.front(), tables);
    if (!table) return table.error();
    const std::string rest = arguments.size() > 1 ? arguments[1] : "";
    const std::string separator = arguments.size() > 2 ? arguments[2] : ", ";
    return Convert(
        [table = *table, rest, separator](Values& values, std::vector<Problem>& problems) {
            Values out;
            const auto add = [&](const std::string& id) {
                if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
            };
            for (const std::string& value : values) {
                for (const CodeTable::Piece& piece : table->split_labels(value, separator)) {
                    if (piece.code != nullptr) {
                        if (!says_nothing(*piece.code)) add(piece.code->id);
                        continue;
                    }
                    const auto found = table->find_words(piece.text);
                    for (const Code* code : found)
                        add(code->id);
                    if (!found.empty()) continue;
                    problems.push_back({ErrorCode::unknown_code, piece.text});
                    if (!rest.empty()) add(rest);
                }
            }
            values = std::move(out);
        });
}

// choose('label', 'value', …): a small table written in place.
Result<Convert> make_choose(const Arguments& arguments, const CodeTables&) {
    if (arguments.size() % 2 != 0)
        return Error{ErrorCode::usage, "choose takes pairs: a text and its value"};
    return one_by_one(
        [pairs = arguments](const std::string& value,
                            std::vector<Problem>& problems) -> std::optional<std::string> {
            for (std::size_t i = 0; i < pairs.size(); i += 2) {
                if (folded(value) == folded(pairs[i])) return pairs[i + 1];
            }
            problems.push_back({ErrorCode::unknown_code, value});
            return std::nullopt;
        });
}

// otherwise('other'): that value where none is left.
Result<Convert> make_otherwise(const Arguments& arguments, const CodeTables&) {
    return Convert([value = arguments.front()](Values& values, std::vector<Problem>&) {
        if (values.empty()) values.push_back(value);
    });
}

constexpr std::array<ConverterSpec, 5> specs = {{
    {"code", 1, 1,
     "the code of a label in a table of mappings/codes; another text is an unknown code",
     make_code},
    {"words", 1, 2, "every code whose words stand in the text; the code given where none does",
     make_words},
    {"labels", 1, 3,
     "the codes of a list of labels; the code for free text, if any; the separator, else ', '",
     make_labels},
    {"otherwise", 1, 1, "the value given where the text came to none", make_otherwise},
    {"choose", 2, 40, "pairs of a text and its value; another text is an unknown code",
     make_choose},
}};

}  // namespace

std::span<const ConverterSpec> code_converters() { return specs; }

}  // namespace recall::mapping
