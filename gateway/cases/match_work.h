#pragma once
// Matching as it goes on in a running gateway: keeps the index in step, matches new and changed
// listings against all notices, and new and changed notices against all listings, and stores what
// it finds. How far it came stands in the database, with the matches, so a restart goes on there;
// a lease keeps several gateways from doing it twice. A match that somebody decided is left alone.
// One thread of its own; failures are logged and tried again at the next round.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "gateway/base/clock.h"
#include "gateway/cases/notice_index.h"

namespace recall::cases {

// follow: only keep the index in step, for a process that answers questions.
enum class MatchDuty { follow, match };

struct MatchWorkOptions {
    MatchDuty duty = MatchDuty::match;
    std::chrono::milliseconds interval{30000};  // between two looks at the database
    // When more notices changed, all listings are matched anew instead of looked through for them.
    std::size_t notices_at_once = 2000;
};

struct MatchCounts {
    long long listings = 0;  // matched against the index
    long long stored = 0;    // matches written

    MatchCounts& operator+=(const MatchCounts& other);
};

class MatchWork {
  public:
    // `owner` tells this process from others that share the database.
    MatchWork(store::Database& database, std::shared_ptr<const match::Lexicon> lexicon,
              const Clock& clock, std::string owner, MatchWorkOptions options);
    ~MatchWork();
    MatchWork(const MatchWork&) = delete;
    MatchWork& operator=(const MatchWork&) = delete;

    void start();
    void stop();
    // Something changed: look now and not at the end of the interval. Any thread.
    void wake();
    // One round, as the thread makes it.
    MatchCounts run_once(const std::stop_token& stop = {});

    // Whether the index was loaded once; before that, answers are empty.
    bool is_ready() const { return index_.is_loaded(); }
    const match::Matcher& matcher() const { return index_.matcher(); }

  private:
    void run(const std::stop_token& stop);
    MatchCounts match_notices(const std::stop_token& stop);
    MatchCounts match_listings(const std::stop_token& stop);
    MatchCounts match_pictures(const std::stop_token& stop);
    // The lease, taken or renewed; false when another process has it.
    bool hold();
    void let_go();

    store::Database& database_;
    const Clock& clock_;
    std::string owner_;
    MatchWorkOptions options_;
    std::shared_ptr<const match::Lexicon> lexicon_;
    NoticeIndex index_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    bool has_news_ = false;  // behind mutex_
    std::jthread thread_;
};

}  // namespace recall::cases
