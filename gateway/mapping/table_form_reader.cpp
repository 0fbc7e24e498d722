// What a <record> says of tables, of ZIP containers and of records made of several rows.

#include <algorithm>
#include <array>

#include "gateway/mapping/file_reader.h"
#include "gateway/mapping/mapping_error.h"
#include "gateway/text/decoder.h"

namespace recall::mapping {
namespace {

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
        if (end > at) out.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

constexpr std::size_t layout_cells_max = 200;

bool is_known_encoding(std::string_view name) { return text::Decoder::open(name).ok(); }

}  // namespace

TableForm FileReader::table_form(xml::Node node) {
    constexpr std::array<std::string_view, 4> separators = {"comma", "tab", "semicolon", "bar"};
    constexpr std::array<char, 4> characters = {',', '\t', ';', '|'};
    constexpr std::array<std::string_view, 3> headers = {"no", "yes", "if-there"};
    TableForm out;
    needed(node, "separator");
    const std::size_t separator = choice(node, "separator", separators, 0);
    out.dialect.separator = characters[separator];
    const bool is_quoted = yes(node, "quoted", out.dialect.separator != '\t');
    out.dialect.quoting = is_quoted ? text::Quoting::quoted : text::Quoting::bare;
    out.header = HeaderRow(choice(node, "header", headers, 0));
    out.columns = words(attribute(node, "columns"));
    for (const std::string& name : out.columns) {
        if (xml::xml_name(name) != name)
            fail(node, "a column cannot be called " + name + "; write " + xml::xml_name(name));
    }
    if (out.columns.empty() && out.header != HeaderRow::yes)
        fail(node, "a table needs columns=\"…\" or header=\"yes\"");
    for (xml::Node child = node.first_child(); child; child = child.next_sibling()) {
        const auto cells = std::size_t(number(child, "cells", 0));
        out.layouts[cells] = words(child.text());
        if (out.layouts[cells].size() != cells || cells > layout_cells_max)
            fail(child,
                 "a layout names each of its cells, at most " + std::to_string(layout_cells_max));
    }
    out.cells_min = std::size_t(number(node, "cells-min", 0));
    out.cells_max = std::size_t(number(node, "cells-max", 0));
    const std::string encoding = attribute(node, "encoding", "UTF-8");
    if (!is_known_encoding(encoding)) {
        fail(node, "encoding=\"" + encoding + "\" is not read" +
                       expected_one_of(encoding, text::table_encodings()));
    }
    return out;
}

void FileReader::read_grouping(xml::Node node, RecordForm& form) {
    form.members = words(attribute(node, "members"));
    const auto by = node.attribute("group-by");
    if (!by) {
        if (node.attribute("rows")) fail(node, "rows needs a group-by");
        return;
    }
    form.group = Grouping{words(*by), words(attribute(node, "rows"))};
    if (form.format != DocumentFormat::table) {
        if (form.format != DocumentFormat::json) fail(node, "group-by is for table and json");
        return;
    }
    const auto& columns = form.table->columns;
    if (columns.empty()) return;
    auto named = form.group->by;
    named.insert(named.end(), form.group->rows.begin(), form.group->rows.end());
    for (const std::string& name : named) {
        const std::vector<std::string_view> known(columns.begin(), columns.end());
        if (std::ranges::find(known, name) == known.end())
            fail(node, "there is no column " + name + expected_one_of(name, known));
    }
}

}  // namespace recall::mapping
