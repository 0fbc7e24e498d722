#pragma once
// docs/notice.md: every member of the canonical notice, what it may be, and its codes; from the
// field list, the forms and the code tables. One thread. Throws Failure(bad_mapping).

#include <string>

namespace recall::ops {

std::string notice_reference();

}  // namespace recall::ops
