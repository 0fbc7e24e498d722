#pragma once
// Records that are made of several rows or objects: collects the pieces from every document, and
// gives the records when all were read, in the order of their first pieces. Memory holds one record
// and what RowGroups does. One thread.

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "gateway/mapping/grouped_record.h"
#include "gateway/mapping/row_groups.h"

namespace recall::mapping {

struct Group {
    const RecordForm* form = nullptr;  // of its first piece
    std::size_t part = 0;              // the document of its first piece
    GroupedRecord record;
};

class RecordGroups {
  public:
    // `part` is the document's number. False when the piece has no text under the names that it is
    // grouped by, or there are too many pieces: it is a record of its own.
    bool add(const RecordForm& form, std::size_t part, std::span<const Cell> cells);
    bool add(const RecordForm& form, std::size_t part, xml::Node object);

    void for_each(const std::function<void(const std::string& key, const Group& group)>& give);

  private:
    std::size_t number_of(const RecordForm& form);
    void begin_piece(const RecordForm& form, std::size_t part);
    void add_piece(Group& group, std::string_view piece) const;

    RowGroups rows_;
    std::vector<const RecordForm*> forms_;
    std::vector<std::vector<std::string>> columns_;  // of each form, by place
    std::string piece_;
};

}  // namespace recall::mapping
