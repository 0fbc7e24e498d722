#pragma once
// Renews a run's lease while a document takes long to come, so that the lease can be short: a
// gateway that dies holds its sources up for no longer than one. A thread of its own from
// construction to destruction; a renewal that fails is logged and tried again.

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "gateway/ingest/run_work.h"

namespace recall::ingest {

class LeaseKeeper {
  public:
    LeaseKeeper(const RunParts& parts, std::string source);

  private:
    void keep(const std::stop_token& stop);

    const RunParts& parts_;
    std::string source_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;  // last: it uses the others
};

}  // namespace recall::ingest
