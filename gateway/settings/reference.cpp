#include "gateway/settings/reference.h"

#include <vector>

#include "gateway/settings/settings.h"

namespace recall::settings {
namespace {

std::vector<const Option*> options_of(const Group& group) {
    std::vector<const Option*> out;
    const std::string prefix = std::string(group.name) + "_";
    for (const Option& option : options()) {
        if (option.member.substr(0, prefix.size()) == prefix) out.push_back(&option);
    }
    return out;
}

std::string element(const Group& group, const Option& option) {
    return std::string(option.member.substr(group.name.size() + 1));
}

// In a Markdown table a bar ends the cell.
std::string cell(std::string_view text) {
    std::string out;
    for (const char c : text)
        out += c == '|' ? std::string("\\|") : std::string(1, c);
    return out;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '&':
                out += "&amp;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

// The schema's type of an option, as the content of xs:simpleType.
std::string restriction(const Option& option) {
    std::string out;
    if (option.type == OptionType::integer) {
        return "<xs:restriction base=\"xs:integer\"><xs:minInclusive value=\"" +
               std::to_string(option.least) + "\"/><xs:maxInclusive value=\"" +
               std::to_string(option.most) + "\"/></xs:restriction>";
    }
    if (option.type == OptionType::text) return "<xs:restriction base=\"xs:token\"/>";
    std::string_view rest = option.choices;
    while (!rest.empty()) {
        const std::size_t bar = rest.find('|');
        out += "<xs:enumeration value=\"" + std::string(rest.substr(0, bar)) + "\"/>";
        rest = bar == std::string_view::npos ? std::string_view() : rest.substr(bar + 1);
    }
    return "<xs:restriction base=\"xs:token\">" + out + "</xs:restriction>";
}

}  // namespace

std::string write_reference() {
    std::string out =
        "<!-- Generated from gateway/settings/options.def by `recallgw doctor "
        "--write-references`. Do not edit. -->\n# Settings\n\n"
        "Later places win: the defaults below, the file given with `--config`, the environment,\n"
        "`--set NAME=VALUE` on the command line. An option `http.port` is\n"
        "`<http><port>8080</port></http>` in the file and `RECALLGW_HTTP_PORT` in the "
        "environment.\nUnknown names and values outside their limits are refused before anything "
        "starts.\n";
    for (const Group& group : groups()) {
        out += "\n## " + std::string(group.name) + "\n" + std::string(group.explanation) +
               "\n\n| option | default | limits | what it does |\n|---|---|---|---|\n";
        for (const Option* option : options_of(group)) {
            const std::string fallback =
                option->fallback.empty() ? "(empty)" : "`" + std::string(option->fallback) + "`";
            out += "| `" + option->name() + "` | " + fallback + " | " + cell(option->limits()) +
                   (option->secrecy == Secrecy::secret ? "; never printed" : "") + " | " +
                   cell(option->explanation) + " |\n";
        }
    }
    return out;
}

std::string write_example() {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<!-- Generated from gateway/settings/options.def: every option with its default. Copy "
        "this\n     file, keep the lines that you change. gateway.xsd beside it is its schema. "
        "-->\n<gateway>\n";
    for (const Group& group : groups()) {
        out +=
            "  <!-- " + escaped(group.explanation) + " -->\n  <" + std::string(group.name) + ">\n";
        for (const Option* option : options_of(group)) {
            const std::string name = element(group, *option);
            out += "    <!-- " + escaped(option->explanation) + " ";
            out += escaped(option->limits()) + " -->\n";
            out += "    <" + name + ">" + escaped(option->fallback) + "</" + name + ">\n";
        }
        out += "  </" + std::string(group.name) + ">\n";
    }
    return out + "</gateway>\n";
}

std::string write_schema() {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<!-- Generated from gateway/settings/options.def. Do not edit. -->\n"
        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">\n"
        "  <xs:element name=\"gateway\"><xs:complexType><xs:all>\n";
    for (const Group& group : groups()) {
        out += "    <xs:element name=\"" + std::string(group.name) +
               "\" minOccurs=\"0\"><xs:complexType><xs:all>\n";
        for (const Option* option : options_of(group)) {
            out += "      <xs:element name=\"" + element(group, *option) +
                   "\" minOccurs=\"0\"><xs:simpleType>" + restriction(*option) +
                   "</xs:simpleType></xs:element>\n";
        }
        out += "    </xs:all></xs:complexType></xs:element>\n";
    }
    return out + "  </xs:all></xs:complexType></xs:element>\n</xs:schema>\n";
}

}  // namespace recall::settings
