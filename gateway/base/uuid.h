#pragma once
// UUID version 7 (RFC 9562 §5.7): message ids that sort by the time they were made.
// Any thread; randomness from the operating system.

#include <string>
#include <string_view>

#include "gateway/base/clock.h"

namespace recall {

std::string make_uuid(Instant now);

// Lower-case, hyphenated, version 7, variant 10.
bool is_uuid7(std::string_view text);

}  // namespace recall
