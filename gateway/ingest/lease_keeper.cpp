#include "gateway/ingest/lease_keeper.h"

#include <pthread.h>

#include "gateway/base/failure.h"
#include "gateway/base/log.h"

namespace recall::ingest {

LeaseKeeper::LeaseKeeper(const RunParts& parts, std::string source)
    : parts_(parts), source_(std::move(source)), thread_([this](const std::stop_token& stop) {
          pthread_setname_np(pthread_self(), "lease");
          keep(stop);
      }) {}

void LeaseKeeper::keep(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (
        !wake_.wait_for(lock, stop, parts_.lease_renewal, [&] { return stop.stop_requested(); })) {
        if (stop.stop_requested()) return;
        try {
            const bool is_held = store::in_write_transaction(
                parts_.database,
                [this](store::Session& session) { return hold_lease(session, parts_, source_); });
            // Lost: the run finds out with its next transaction.
            if (!is_held) return;
        } catch (const Failure& failure) {
            log(failure.error(), "ingest", {{"source", source_}});
        }
    }
}

}  // namespace recall::ingest
