#include "gateway/mapping/record_groups.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include "gateway/base/failure.h"
#include "gateway/mapping/clean_text.h"
#include "gateway/mapping/map_document.h"

namespace recall::mapping {
namespace {

// A piece: form, document, and then cells or an object as XML. A cell: column, text, end.
struct Head {
    std::uint32_t form = 0;
    std::uint32_t part = 0;
};
using Column = std::uint16_t;
// Ends a key: a record is made of rows or of objects, never of both.
constexpr char of_table = 't';
constexpr char of_object = 'o';
constexpr char cell_end = '\x1F';  // no cell holds it

template <class T>
void append(std::string& out, const T& value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template <class T>
T take(std::string_view& from) {
    T value;
    std::memcpy(&value, from.data(), sizeof value);
    from.remove_prefix(sizeof value);
    return value;
}

}  // namespace

std::size_t RecordGroups::number_of(const RecordForm& form) {
    const auto found = std::ranges::find(forms_, &form);
    if (found != forms_.end()) return std::size_t(found - forms_.begin());
    forms_.push_back(&form);
    columns_.emplace_back();
    return forms_.size() - 1;
}

void RecordGroups::begin_piece(const RecordForm& form, std::size_t part) {
    piece_.clear();
    append(piece_,
           Head{static_cast<std::uint32_t>(number_of(form)), static_cast<std::uint32_t>(part)});
}

bool RecordGroups::add(const RecordForm& form, std::size_t part, std::span<const Cell> cells) {
    std::string key;
    for (const std::string& name : form.group->by) {
        const auto found = std::ranges::find(cells, name, &Cell::name);
        if (found != cells.end()) key = tidy(found->text);
        if (!key.empty()) break;
    }
    if (key.empty()) return false;
    key += of_table;
    begin_piece(form, part);
    auto& columns = columns_[number_of(form)];
    for (const Cell& cell : cells) {
        if (columns.size() <= cell.column) columns.resize(cell.column + 1);
        if (columns[cell.column].empty()) columns[cell.column] = cell.name;
        append(piece_, static_cast<Column>(cell.column));
        piece_ += cell.text;
        piece_ += cell_end;
    }
    return rows_.add(key, piece_).ok();
}

bool RecordGroups::add(const RecordForm& form, std::size_t part, xml::Node object) {
    std::string key;
    for (const std::string& name : form.group->by) {
        if (const xml::Node child = object.child(name)) key = tidy(child.text());
        if (!key.empty()) break;
    }
    if (key.empty()) return false;
    key += of_object;
    begin_piece(form, part);
    piece_ += xml::to_text(object);
    return rows_.add(key, piece_).ok();
}

void RecordGroups::add_piece(Group& group, std::string_view piece) const {
    const Head head = take<Head>(piece);
    const RecordForm& form = *forms_[head.form];
    if (group.form == nullptr) {
        group.form = &form;
        group.part = head.part;
    }
    if (form.format != DocumentFormat::table) {
        const auto object = xml::parse(piece, record_limits);
        if (!object) throw Failure(object.error());
        group.record.add(*form.group, object->root());
        return;
    }
    std::vector<Cell> cells;
    while (!piece.empty()) {
        const auto column = take<Column>(piece);
        const std::size_t end = piece.find(cell_end);
        cells.push_back({columns_[head.form][column], piece.substr(0, end), column});
        piece.remove_prefix(end + 1);
    }
    group.record.add(*form.group, cells);
}

void RecordGroups::for_each(
    const std::function<void(const std::string& key, const Group& group)>& give) {
    std::optional<Group> group;
    rows_.for_each(
        [&](std::string_view piece) {
            if (!group) group.emplace();
            if (!group->record.error()) add_piece(*group, piece);
        },
        [&](const std::string& key) {
            give(key.substr(0, key.size() - 1), *group);
            group.reset();
        });
}

}  // namespace recall::mapping
