#pragma once
// Has texts of new and changed notices translated, one after the other, from the place where it
// began to follow. The work list and what was sent today stand in the database, so a restart goes
// on there; a lease keeps several gateways from doing it twice. When the service fails, the round
// ends and the text is tried again later, each time later; a text that the service cannot do is
// given up with its reason. One thread of its own; failures of the database are logged and tried
// again at the next round.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/store/database.h"
#include "gateway/translate/service.h"
#include "gateway/translate/wanted.h"

namespace recall::translate {

inline constexpr int attempts_max = 8;
// Doubles with every failure.
inline constexpr std::chrono::minutes first_wait{1};

struct TranslateOptions {
    std::vector<Target> targets{};
    long long characters_a_day_max = 0;
    std::chrono::milliseconds interval{30'000};  // between two looks at the database
};

struct TranslateCounts {
    long long made = 0;
    long long put_off = 0;
    long long failed = 0;
    bool operator==(const TranslateCounts&) const = default;
};

class TranslateWork {
  public:
    // `owner` tells this process from others that share the database. stop() stops the fetcher.
    TranslateWork(store::Database& database, net::Fetcher& fetcher, ServiceOptions service,
                  const Clock& clock, std::string owner, TranslateOptions options);
    ~TranslateWork();
    TranslateWork(const TranslateWork&) = delete;
    TranslateWork& operator=(const TranslateWork&) = delete;

    void start();
    void stop();
    // One round, as the thread makes it.
    TranslateCounts run_once(const std::stop_token& stop = {});
    // The texts of one notice, now; those that failed are tried anew. Fails with not_found,
    // rate_limited when the day's limit or the work list is full, or as the service did.
    Result<TranslateCounts> translate_notice(std::string_view id);

  private:
    void run(const std::stop_token& stop);
    void follow(const std::stop_token& stop);
    // What became of one text; not an error when the text alone is at fault.
    Result<void> carry_out(const store::StoredTranslation& wanted, TranslateCounts& counts);
    // Notes that the characters are sent; false when they must wait for another day.
    bool may_send(long long characters);
    bool hold();
    void let_go();

    store::Database& database_;
    net::Fetcher& fetcher_;
    Service service_;
    const Clock& clock_;
    std::string owner_;
    TranslateOptions options_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

}  // namespace recall::translate
