// The text of a Quill editor inside a script: contentsText = '{"ops":[{"insert":"…"}]}'. The JSON
// stands in a JavaScript literal, either escaped once more (\"ops\") or as it is ("ops"), in which
// case only \\ and \' were escaped for JavaScript.

#include <algorithm>
#include <array>

#include "gateway/json/parse.h"
#include "gateway/mapping/converter.h"
#include "gateway/xml/document.h"

namespace recall::mapping {
namespace {

// The literal between quotes after the last "contentsText =", still escaped.
std::optional<std::string_view> literal_of(std::string_view script) {
    constexpr std::string_view name = "contentsText";
    const std::size_t at = script.rfind(name, script.find("JSON.parse"));
    if (at == std::string_view::npos) return std::nullopt;
    const std::size_t open = script.find('\'', at);
    if (open == std::string_view::npos) return std::nullopt;
    for (std::size_t i = open + 1; i < script.size(); ++i) {
        if (script[i] == '\\') {
            ++i;
        } else if (script[i] == '\'') {
            return script.substr(open + 1, i - open - 1);
        }
    }
    return std::nullopt;
}

// Undoes the JavaScript escapes. `only` empty: all of them; else just before those characters.
std::string unescaped(std::string_view literal, std::string_view only) {
    std::string out;
    for (std::size_t i = 0; i < literal.size(); ++i) {
        const bool has_next = literal[i] == '\\' && i + 1 < literal.size();
        if (has_next && (only.empty() || only.find(literal[i + 1]) != std::string_view::npos)) ++i;
        out += literal[i];
    }
    return out;
}

std::string trimmed(std::string text) {
    const std::size_t end = text.find_last_not_of(" \n\r\t");
    text.erase(end == std::string::npos ? 0 : end + 1);
    const std::size_t first = std::min(text.find_first_not_of(" \n\r\t"), text.size());
    return text.substr(first);
}

Result<Convert> make_quill(const ConverterArguments&, const CodeTables&) {
    return one_by_one([](const std::string& script,
                         std::vector<Problem>& problems) -> std::optional<std::string> {
        if (script.find("contentsText") == std::string::npos) return script;
        const auto literal = literal_of(script);
        if (!literal) {
            problems.push_back({ErrorCode::bad_value, script});
            return std::nullopt;
        }
        const bool is_escaped_twice = literal->starts_with("{\\\"");
        const auto delta = json::parse(unescaped(*literal, is_escaped_twice ? "" : "\\'"));
        if (!delta) {
            problems.push_back({ErrorCode::bad_json, std::string(*literal)});
            return std::nullopt;
        }
        std::string text;
        for (xml::Node op = delta->root().first_child(); op; op = op.next_sibling()) {
            const xml::Node insert = op.name() == "ops" ? op.child("insert") : xml::Node();
            if (insert && insert.is_leaf()) text += insert.text();
        }
        return trimmed(std::move(text));
    });
}

constexpr std::array<ConverterSpec, 1> specs = {{
    {"quill", 0, 0,
     "the text of a Quill editor's contents in a script; other texts stay (after source-lines)",
     make_quill},
}};

}  // namespace

std::span<const ConverterSpec> quill_converters() { return specs; }

}  // namespace recall::mapping
