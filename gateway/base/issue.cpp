#include "gateway/base/issue.h"

#include "gateway/base/utf8.h"

#include <utility>

namespace recall {

Issue make_issue(ErrorCode code, std::string path, std::string_view raw) {
    // The issue travels with the notice, also in XML.
    const std::string value = with_controls_shown(raw.substr(0, 2 * issue_value_bytes_max));
    Issue issue{code, std::move(path), value.substr(0, issue_value_bytes_max)};
    if (value.size() > issue_value_bytes_max) {
        // Step back to the start of the character that the cut went through.
        std::size_t end = issue_value_bytes_max;
        while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U)
            --end;
        issue.value = value.substr(0, end) + "…";
    }
    return issue;
}

}  // namespace recall
