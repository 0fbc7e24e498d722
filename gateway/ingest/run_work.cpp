#include "gateway/ingest/run_work.h"

#include "gateway/store/leases.h"

namespace recall::ingest {

std::string lease_name(const std::string& source) { return "poll:" + source; }

bool hold_lease(store::Session& session, const RunParts& parts, const std::string& source) {
    return store::Leases(session).acquire(lease_name(source), parts.owner, parts.clock.now(),
                                          parts.lease_length);
}

void release_lease(store::Session& session, const RunParts& parts, const std::string& source) {
    store::Leases(session).release(lease_name(source), parts.owner);
}

}  // namespace recall::ingest
