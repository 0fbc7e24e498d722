#include "gateway/clusters/cluster_work.h"

#include <pthread.h>

#include <charconv>

#include "gateway/base/failure.h"
#include "gateway/base/log.h"
#include "gateway/clusters/linker.h"
#include "gateway/store/leases.h"
#include "gateway/store/notices.h"
#include "gateway/store/source_state.h"

namespace recall::clusters {
namespace {

// So few that other writers wait for well under a second.
constexpr std::size_t notices_a_step = 100;
constexpr std::string_view lease_name = "clusters";
constexpr std::chrono::seconds lease_length{120};

// Under this name the cursor stands beside those of sources, whose names begin with a country.
constexpr std::string_view cursor_owner = "gateway clusters";
constexpr std::string_view cursor_name = "notices";

long long read_progress(store::Session& session) {
    const auto text = store::Cursors(session).get(cursor_owner, cursor_name);
    long long value = 0;
    if (text) std::from_chars(text->data(), text->data() + text->size(), value);
    return value;
}

void write_progress(store::Session& session, long long change) {
    store::Cursors(session).set(cursor_owner, cursor_name, std::to_string(change));
}

}  // namespace

ClusterWork::ClusterWork(store::Database& database, std::shared_ptr<const match::Lexicon> lexicon,
                         const Clock& clock, std::string owner, std::chrono::milliseconds interval)
    : database_(database),
      lexicon_(std::move(lexicon)),
      clock_(clock),
      owner_(std::move(owner)),
      interval_(interval) {}

ClusterWork::~ClusterWork() { stop(); }

void ClusterWork::start() {
    thread_ = std::jthread([this](const std::stop_token& stop) {
        pthread_setname_np(pthread_self(), "clusters");
        run(stop);
    });
}

void ClusterWork::stop() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
}

void ClusterWork::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        run_once(stop);
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, interval_, [] { return false; });
    }
    let_go();
}

bool ClusterWork::hold() {
    return store::in_write_transaction(database_, [&](store::Session& session) {
        return store::Leases(session).acquire(lease_name, owner_, clock_.now(), lease_length);
    });
}

// So that another process, or this one started again, need not wait for the lease to run out.
void ClusterWork::let_go() {
    try {
        store::in_write_transaction(database_, [&](store::Session& session) {
            store::Leases(session).release(lease_name, owner_);
        });
    } catch (const Failure& failure) {
        log(failure.error(), "clusters");
    }
}

ClusterCounts ClusterWork::run_once(const std::stop_token& stop) {
    try {
        if (!hold()) return {};
        return work(stop);
    } catch (const Failure& failure) {
        log(failure.error(), "clusters");
        return {};
    }
}

ClusterCounts ClusterWork::work(const std::stop_token& stop) {
    ClusterCounts counts;
    while (!stop.stop_requested() && hold()) {
        const ClusterCounts step =
            store::in_write_transaction(database_, [&](store::Session& session) {
                ClusterCounts done;
                const auto page =
                    store::Notices(session).changed_after(read_progress(session), notices_a_step);
                if (page.empty()) return done;
                Linker linker(session, *lexicon_);
                for (const store::StoredNotice& stored : page)
                    linker.relink(stored.id);
                linker.settle();
                write_progress(session, page.back().change);
                return ClusterCounts{std::ssize(page), linker.links_made()};
            });
        if (step.notices == 0) break;
        counts.notices += step.notices;
        counts.links += step.links;
    }
    return counts;
}

Result<ClusterCounts> ClusterWork::rebuild() {
    if (!hold()) {
        return Error{ErrorCode::conflict,
                     "another process is at work on the clusters; stop it, or wait two minutes"};
    }
    store::in_write_transaction(database_, [&](store::Session& session) {
        store::Clusters(session).clear();
        write_progress(session, 0);
    });
    const ClusterCounts counts = work({});
    let_go();
    return counts;
}

}  // namespace recall::clusters
