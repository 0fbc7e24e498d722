#include "gateway/base/issue.h"

#include <utility>

namespace recall {

Issue make_issue(ErrorCode code, std::string path, std::string_view value) {
    Issue issue{code, std::move(path), std::string(value.substr(0, issue_value_bytes_max))};
    if (value.size() > issue_value_bytes_max) {
        // Step back to the start of the character that the cut went through.
        std::size_t end = issue_value_bytes_max;
        while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U)
            --end;
        issue.value = std::string(value.substr(0, end)) + "…";
    }
    return issue;
}

}  // namespace recall
