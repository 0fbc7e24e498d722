#pragma once
// Clusters as they go on in a running gateway: every notice that was stored since the last look is
// linked anew. How far it came stands in the database with what it found, so a restart goes on
// there; a lease keeps several gateways from doing it twice. One thread of its own; failures are
// logged and tried again at the next round.

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "gateway/base/clock.h"
#include "gateway/match/lexicon.h"
#include "gateway/store/database.h"

namespace recall::clusters {

struct ClusterCounts {
    long long notices = 0;  // looked at
    long long links = 0;    // written
};

class ClusterWork {
  public:
    // `owner` tells this process from others that share the database.
    ClusterWork(store::Database& database, std::shared_ptr<const match::Lexicon> lexicon,
                const Clock& clock, std::string owner, std::chrono::milliseconds interval);
    ~ClusterWork();
    ClusterWork(const ClusterWork&) = delete;
    ClusterWork& operator=(const ClusterWork&) = delete;

    void start();
    void stop();
    // One round, as the thread makes it: until nothing is left to do.
    ClusterCounts run_once(const std::stop_token& stop = {});
    // Forgets all links and clusters but not the rulings, and makes them anew. Fails with conflict
    // while another process has the lease. Throws Failure(database).
    Result<ClusterCounts> rebuild();

  private:
    void run(const std::stop_token& stop);
    ClusterCounts work(const std::stop_token& stop);
    bool hold();
    void let_go();

    store::Database& database_;
    std::shared_ptr<const match::Lexicon> lexicon_;
    const Clock& clock_;
    std::string owner_;
    std::chrono::milliseconds interval_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

}  // namespace recall::clusters
