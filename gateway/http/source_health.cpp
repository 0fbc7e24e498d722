#include "gateway/http/source_health.h"

#include "gateway/store/notices.h"
#include "gateway/store/quarantine.h"

namespace recall::http {

std::vector<SourceHealth> source_health(store::Session& session,
                                        std::span<const SourceAbout> sources) {
    std::vector<SourceHealth> out;
    for (const SourceAbout& about : sources) {
        SourceHealth health{about, "never_run", store::Runs(session).latest(about.id),
                            store::Notices(session).count(about.id),
                            store::Quarantine(session).open_count(about.id)};
        if (health.last_run) health.state = spelling(health.last_run->state);
        out.push_back(std::move(health));
    }
    return out;
}

}  // namespace recall::http
