#include "gateway/mapping/converter.h"

#include <algorithm>
#include <array>

#include "gateway/base/near_miss.h"
#include "gateway/mapping/mapping_error.h"

namespace recall::mapping {
namespace {

constexpr std::size_t values_max = 10'000;  // of one field, whatever the record says

struct Call {
    std::string name;
    ConverterArguments arguments;
};

// Reads "name('a', b) | other": a small scanner over the text of an as="…".
class CallReader {
  public:
    explicit CallReader(std::string_view text) : text_(text) {}

    Result<std::vector<Call>> read() {
        std::vector<Call> calls;
        while (true) {
            Call call{word(), {}};
            if (call.name.empty()) return wrong("a converter's name is missing");
            if (take('(')) {
                do {
                    auto argument = read_argument();
                    if (!argument) return argument.error();
                    call.arguments.push_back(std::move(*argument));
                } while (take(','));
                if (!take(')')) return wrong("a ')' is missing");
            }
            calls.push_back(std::move(call));
            if (take('|')) continue;
            skip_blanks();
            if (at_ == text_.size()) return calls;
            return wrong("expected '|' or the end");
        }
    }

  private:
    Error wrong(const std::string& why) const {
        return {ErrorCode::usage, why + " at \"" + std::string(text_.substr(at_)) + "\" in as=\"" +
                                      std::string(text_) + "\""};
    }
    void skip_blanks() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n'))
            ++at_;
    }
    bool take(char c) {
        skip_blanks();
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    std::string word() {
        skip_blanks();
        const std::size_t from = at_;
        while (at_ < text_.size() &&
               std::string_view("|(),' \n").find(text_[at_]) == std::string_view::npos)
            ++at_;
        return std::string(text_.substr(from, at_ - from));
    }
    Result<std::string> read_argument() {
        if (take('"')) return wrong("a text stands in '…', not in \"…\":");
        if (!take('\'')) {
            std::string bare = word();
            if (bare.empty()) return wrong("an argument is missing");
            return bare;
        }
        const std::size_t end = text_.find('\'', at_);
        if (end == std::string_view::npos) return wrong("a closing ' is missing");
        const std::string_view quoted = text_.substr(at_, end - at_);
        at_ = end + 1;
        return unescaped(quoted);
    }
    // \n and \t are a line end and a tab.
    Result<std::string> unescaped(std::string_view quoted) const {
        std::string out;
        for (std::size_t i = 0; i < quoted.size(); ++i) {
            if (quoted[i] != '\\') {
                out += quoted[i];
                continue;
            }
            const char next = i + 1 < quoted.size() ? quoted[i + 1] : ' ';
            if (next != 'n' && next != 't') return wrong("only \\n and \\t begin with \\");
            out += next == 'n' ? '\n' : '\t';
            ++i;
        }
        return out;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

std::vector<std::string_view> converter_names() {
    std::vector<std::string_view> names = {"lines", "source-lines", "raw"};
    for (const ConverterSpec& spec : converters())
        names.push_back(spec.name);
    return names;
}

Result<Convert> make(const Call& call, const CodeTables& tables) {
    const auto specs = converters();
    const auto spec = std::ranges::find(specs, call.name, &ConverterSpec::name);
    if (spec == specs.end()) {
        const auto names = converter_names();
        return Error{ErrorCode::usage,
                     "unknown converter \"" + call.name + "\"" + expected_one_of(call.name, names)};
    }
    const std::size_t count = call.arguments.size();
    if (count < spec->arguments_min || count > spec->arguments_max) {
        return Error{ErrorCode::usage, call.name + " takes " + std::to_string(spec->arguments_min) +
                                           " to " + std::to_string(spec->arguments_max) +
                                           " arguments, not " + std::to_string(count) + ": " +
                                           std::string(spec->meaning)};
    }
    return spec->make(call.arguments, tables);
}

// What of the file may come out behind this call, given what may come out before it.
void note_constants(const Call& call, std::vector<std::string>& constants) {
    constexpr std::array<std::string_view, 5> passing = {"first", "unique", "rest", "drop",
                                                         "latest"};
    if (std::ranges::find(passing, call.name) != passing.end()) return;
    if (call.name != "otherwise") constants.clear();
    const ConverterArguments& arguments = call.arguments;
    if (call.name == "otherwise" || call.name == "become") {
        constants.push_back(arguments.front());
    } else if (call.name == "choose") {
        for (std::size_t i = 1; i < arguments.size(); i += 2)
            constants.push_back(arguments[i]);
    } else if ((call.name == "words" || call.name == "labels") && arguments.size() > 1) {
        constants.push_back(arguments[1]);
    }
    std::erase(constants, "");  // nothing is given for it
}

// Whether the call looks for line ends.
bool cuts_at_lines(const Call& call) {
    constexpr std::array<std::string_view, 8> cutting = {
        "split", "split-after", "before", "after", "after-last", "between", "drop-prefix", "like"};
    return std::ranges::find(cutting, call.name) != cutting.end() &&
           std::ranges::any_of(call.arguments, [](const std::string& argument) {
               return argument.find('\n') != std::string::npos;
           });
}

// Whether line ends may stand in what comes out, though the text was on one line.
bool brings_lines(const Call& call) {
    return call.name == "quill" ||
           std::ranges::any_of(call.arguments, [](const std::string& argument) {
               return argument.find('\n') != std::string::npos;
           });
}

std::optional<NodeText> node_text_named(std::string_view name) {
    if (name == "lines") return NodeText::lines;
    if (name == "source-lines") return NodeText::source_lines;
    if (name == "raw") return NodeText::raw;
    return std::nullopt;
}

}  // namespace

std::span<const ConverterSpec> converters() {
    static const std::vector<ConverterSpec> all = [] {
        std::vector<ConverterSpec> out;
        for (const auto family :
             {text_converters(), code_converters(), number_converters(), date_converters(),
              gtin_converters(), quill_converters(), prose_converters(), identifier_converters(),
              sale_converters(), quantity_converters(), market_converters(), firm_converters(),
              cjk_converters()}) {
            out.insert(out.end(), family.begin(), family.end());
        }
        return out;
    }();
    return all;
}

Result<Pipeline> Pipeline::compile(std::string_view text, const CodeTables& tables) {
    Pipeline out;
    if (text.empty()) return out;
    const auto calls = CallReader(text).read();
    if (!calls) return calls.error();
    bool has_lines = false;
    for (const Call& call : *calls) {
        if (&call == &calls->front() && call.arguments.empty()) {
            if (const auto form = node_text_named(call.name)) {
                out.node_text_ = *form;
                has_lines = true;
                continue;
            }
        }
        Result<Convert> step = make(call, tables);
        if (!step) return step.error();
        note_constants(call, out.constants_);
        if (cuts_at_lines(call) && !has_lines) out.needs_lines_ = true;
        has_lines = has_lines || brings_lines(call);
        out.steps_.push_back(std::move(*step));
    }
    return out;
}

void Pipeline::run(Values& values, std::vector<Problem>& problems) const {
    for (const Convert& step : steps_) {
        step(values, problems);
        if (values.size() > values_max) {
            problems.push_back(
                {ErrorCode::limit, "more than " + std::to_string(values_max) + " values"});
            values.resize(values_max);
        }
    }
}

Convert one_by_one(ConvertOne convert) {
    return [convert = std::move(convert)](Values& values, std::vector<Problem>& problems) {
        std::size_t kept = 0;
        for (std::string& value : values) {
            if (auto converted = convert(value, problems); converted && !converted->empty()) {
                values[kept++] = std::move(*converted);
            }
        }
        values.resize(kept);
    };
}

}  // namespace recall::mapping
