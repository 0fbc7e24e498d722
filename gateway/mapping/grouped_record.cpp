#include "gateway/mapping/grouped_record.h"

#include <algorithm>

#include "gateway/mapping/map_document.h"

namespace recall::mapping {
namespace {

// Names hold no such character, and texts of cells neither.
constexpr char separator = '\x1F';

bool stands_in_row(const Grouping& grouping, std::string_view name) {
    return std::ranges::find(grouping.rows, name) != grouping.rows.end();
}

void append_identity(std::string& identity, std::string_view name, std::string_view text) {
    identity += separator;
    identity += name;
    identity += separator;
    identity += text;
}

void copy(xml::Node from, xml::Node to) {
    for (const xml::Mark mark : {xml::Mark::number, xml::Mark::boolean, xml::Mark::null}) {
        if (from.marked(mark)) to.mark(mark);
    }
    if (from.is_leaf()) {
        to.append_text(from.text());
        return;
    }
    for (xml::Node child = from.first_child(); child; child = child.next_sibling())
        copy(child, to.append(child.name()));
}

}  // namespace

bool GroupedRecord::admit(std::string_view name, std::string_view text) {
    nodes_ += 1;
    bytes_ += name.size() + text.size();
    if (!error_ && nodes_ > record_limits.nodes_max) {
        error_ = {ErrorCode::limit,
                  "more than " + std::to_string(record_limits.nodes_max) + " nodes"};
    }
    if (!error_ && bytes_ > record_limits.bytes_max) {
        error_ = {ErrorCode::limit,
                  "rows of one record over " + std::to_string(record_limits.bytes_max) + " bytes"};
    }
    return !error_;
}

void GroupedRecord::add(const Grouping& grouping, std::span<const Cell> cells) {
    std::string row;
    for (const Cell& cell : cells) {
        if (stands_in_row(grouping, cell.name)) {
            append_identity(row, cell.name, cell.text);
            continue;
        }
        std::string identity(cell.name);
        append_identity(identity, "", cell.text);
        if (is_new(identity) && admit(cell.name, cell.text)) root().append(cell.name, cell.text);
    }
    if (row.empty() || !is_new(row)) return;
    const xml::Node element = root().append("row");
    for (const Cell& cell : cells) {
        if (stands_in_row(grouping, cell.name) && admit(cell.name, cell.text))
            element.append(cell.name, cell.text);
    }
}

void GroupedRecord::add(const Grouping& grouping, xml::Node object) {
    std::string row;
    for (xml::Node child = object.first_child(); child; child = child.next_sibling()) {
        const std::string text = xml::to_text(child);
        if (stands_in_row(grouping, child.name())) {
            append_identity(row, child.name(), text);
        } else if (is_new(text) && admit(child.name(), text)) {
            copy(child, root().append(child.name()));
        }
    }
    if (row.empty() || !is_new(row)) return;
    const xml::Node element = root().append("row");
    for (xml::Node child = object.first_child(); child; child = child.next_sibling()) {
        if (stands_in_row(grouping, child.name()) && admit(child.name(), xml::to_text(child)))
            copy(child, element.append(child.name()));
    }
}

}  // namespace recall::mapping
