#pragma once
// What must hold before the gateway serves; doctor shows all of it, serve refuses to start on it.

#include <string>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/settings/settings.h"

namespace recall::ops {

enum class CheckOutcome { good, warning, bad };

struct CheckLine {
    CheckOutcome outcome = CheckOutcome::good;
    std::string subject;  // "database", "http.tls_certificate"
    std::string text;     // what was found, and what to do when it is not good
};

// Every check, also after one that failed. Opens the database, changes nothing.
std::vector<CheckLine> run_checks(const settings::Settings& settings, Instant now);

}  // namespace recall::ops
