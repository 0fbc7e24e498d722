#pragma once
// How each source fares, from its runs, notices and quarantine. For the API and the status page.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/http/api.h"
#include "gateway/store/runs.h"

namespace recall::http {

struct SourceHealth {
    SourceAbout about;
    std::string_view state;  // never_run, running, healthy, degraded or failed
    std::optional<store::Run> last_run;
    long long notices = 0;
    long long quarantined = 0;
};

std::vector<SourceHealth> source_health(store::Session& session,
                                        std::span<const SourceAbout> sources);

}  // namespace recall::http
