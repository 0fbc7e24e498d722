#pragma once
// The parts of notices from any number of documents, joined when all were read. Parts wait in a
// temporary file; memory holds keys, numbers and remarks. One thread. Throws Failure when the file
// fails.

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "gateway/mapping/map_document.h"
#include "gateway/mapping/row_groups.h"

namespace recall::mapping {

class PartJoin {
  public:
    // Of a mapping with <merge>.
    explicit PartJoin(const Mapping& mapping) : mapping_(mapping) {}

    // Keeps the record's notice and remarks. Fails with limit.
    Result<void> add(const MappedRecord& record);

    // Every notice, in the order of their first parts.
    void for_each(const std::function<void(const model::Notice& notice)>& give);

  private:
    std::vector<Remark> remarks_on(const std::string& number) const;

    const Mapping& mapping_;
    RowGroups parts_;
    std::vector<Remark> remarks_;
    // Keys by number; one that several notices have names none of them.
    std::unordered_map<std::string, std::string> keys_;
};

}  // namespace recall::mapping
