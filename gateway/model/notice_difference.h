#pragma once
// What differs between two notices, field by field: the history that people read. Revision number
// and provenance are left out, because they say how we know, not what the authority said.
// Pure function; any thread.

#include <string>
#include <vector>

#include "gateway/model/notice.h"

namespace recall::model {

// path: member names and positions in the list, "products/0/gtins". An added value has an empty
// `before`, a removed one an empty `after`. Lists of texts (brands, gtins) are compared as sets;
// in lists of objects equal ones at both ends are paired first, then the others by position.
struct FieldDifference {
    std::string path;
    std::string before;
    std::string after;
    bool operator==(const FieldDifference&) const = default;
};

std::vector<FieldDifference> difference(const Notice& before, const Notice& after);

}  // namespace recall::model
