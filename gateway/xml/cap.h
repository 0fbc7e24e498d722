#pragma once
// A notice as an alert of the Common Alerting Protocol (OASIS CAP 1.2), for warning systems that
// know no other form. It says less than the notice: CAP has no place for product lines, so brands,
// models and article numbers become parameters. Pure; any thread.

#include <optional>
#include <string>

#include "gateway/base/clock.h"
#include "gateway/model/notice.h"

namespace recall::xml {

struct CapOptions {
    std::string event;              // the kind in words: "Recall"
    Instant sent{};                 // when this revision was stored
    std::optional<Instant> before;  // when the revision before it was, for the reference to it
};

// One info block for each language of the title.
std::string write_cap(const model::Notice& notice, const CapOptions& options);

}  // namespace recall::xml
