#pragma once
// An entry whose page stays away: how often it was asked for, and from which day on it is asked for
// again. Kept where other documents have the hash of their copy, of which there is none. Pure; any
// thread.

#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/date.h"

namespace recall::ingest {

// A site may say for an hour that it has nothing, or link to what never comes: the first wait is a
// day, each is twice the one before, and from here on it is this.
inline constexpr long long aside_days_max = 7;

struct SetAside {
    long long attempts = 0;
    Date again;  // at the source
    bool operator==(const SetAside&) const = default;
};

// After the n-th attempt, from 1.
long long aside_days(long long attempts);

// `before`: as it was set aside last, if it was.
SetAside set_aside_on(Date today, const std::optional<SetAside>& before);

// "@<mapping version> <attempts> <day>".
std::string aside_fingerprint(std::string_view version, const SetAside& aside);

// Nothing of any other document, and of one that another version of the mapping set aside.
std::optional<SetAside> read_aside(std::string_view version, std::string_view fingerprint);

}  // namespace recall::ingest
