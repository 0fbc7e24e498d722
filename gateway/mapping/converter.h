#pragma once
// Named converters: what turns the texts of a record into values of a notice. A converter takes the
// list of values found so far and leaves another; what it cannot read it takes out and reports. A
// mapping file chains them: as="html | split(',') | code(countries)". Pure; any thread.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/errors.h"
#include "gateway/base/result.h"
#include "gateway/mapping/code_table.h"

namespace recall::mapping {

struct Problem {
    ErrorCode code = ErrorCode::bad_value;
    std::string value;
};

using Values = std::vector<std::string>;
using Convert = std::function<void(Values&, std::vector<Problem>&)>;
using ConverterArguments = std::vector<std::string>;

struct ConverterSpec {
    std::string_view name;
    std::size_t arguments_min = 0;
    std::size_t arguments_max = 0;
    std::string_view meaning;  // one line, for the reference page
    // Fails with usage when the arguments are wrong.
    Result<Convert> (*make)(const ConverterArguments&, const CodeTables&);
};

// Every converter, in the order of the reference page.
std::span<const ConverterSpec> converters();

// What of a node the first converter is given.
enum class NodeText {
    line,          // its text on one line, in order (the default)
    lines,         // as a browser would break it: as="lines | …"
    raw,           // untouched: as="raw | …"
    source_lines,  // lines, with those of the page's source; scripts untouched: as="source-lines |
                   // …"
};

class Pipeline {
  public:
    // Empty text gives the pipeline that leaves values as they are. Fails with usage.
    static Result<Pipeline> compile(std::string_view text, const CodeTables& tables);

    NodeText node_text() const { return node_text_; }
    // Cuts at line ends, and a text taken on one line has none.
    bool needs_lines() const { return needs_lines_; }
    // Texts of the mapping file that may come out: of choose, become, otherwise, words, labels.
    const std::vector<std::string>& constants() const { return constants_; }
    void run(Values& values, std::vector<Problem>& problems) const;

  private:
    NodeText node_text_ = NodeText::line;
    bool needs_lines_ = false;
    std::vector<std::string> constants_;
    std::vector<Convert> steps_;
};

// The converters of each family, one file each.
std::span<const ConverterSpec> text_converters();
std::span<const ConverterSpec> code_converters();
std::span<const ConverterSpec> number_converters();
std::span<const ConverterSpec> date_converters();
std::span<const ConverterSpec> gtin_converters();
std::span<const ConverterSpec> quill_converters();
std::span<const ConverterSpec> cjk_converters();
std::span<const ConverterSpec> prose_converters();
std::span<const ConverterSpec> sale_converters();
std::span<const ConverterSpec> quantity_converters();
std::span<const ConverterSpec> market_converters();
std::span<const ConverterSpec> firm_converters();
std::span<const ConverterSpec> identifier_converters();

// A converter that turns each value into one or none.
using ConvertOne =
    std::function<std::optional<std::string>(const std::string&, std::vector<Problem>&)>;
Convert one_by_one(ConvertOne convert);

}  // namespace recall::mapping
