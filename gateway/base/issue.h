#pragma once
// An issue: one thing found wrong in one record. Issues travel with the notice (provenance) or,
// when they quarantine the record, with its raw bytes. A plain value.

#include <string>
#include <vector>

#include "gateway/base/errors.h"

namespace recall {

struct Issue {
    ErrorCode code = ErrorCode::bad_value;
    std::string path;   // where in the record, as an element path: "measures", "Products/Name"
    std::string value;  // what stood there, cut to issue_value_bytes_max at a character boundary

    bool operator==(const Issue&) const = default;
};

inline constexpr std::size_t issue_value_bytes_max = 300;

// An issue with its value cut to the limit; a cut value ends in "…", controls are shown in it.
Issue make_issue(ErrorCode code, std::string path, std::string_view value);

}  // namespace recall
