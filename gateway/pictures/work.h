#pragma once
// Fetches the pictures on the work list, a few at a time, politely (net/fetch.h), and keeps of each
// what it is, what it looks like and a thumbnail; of the picture itself only its hash. A failure
// that may pass is tried again, later each time; another is kept with its reason. What was under
// way when a process ended is due again after a while. When it follows, it also puts the pictures
// of new notices and listings on the list, from the place where it began to follow. Threads of its
// own; failures of the database are logged and tried again at the next round.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/net/fetch.h"
#include "gateway/store/database.h"
#include "gateway/store/pictures.h"

namespace recall::pictures {

inline constexpr int attempts_max = 5;
// After the n-th failure eight times the wait after the one before.
inline constexpr std::chrono::minutes first_wait{1};

// A second between two requests to one host, and one minute for a picture.
net::Manners picture_manners();

enum class Follow { asked, all };

struct PictureWorkOptions {
    Follow follow = Follow::asked;
    std::size_t workers = 2;
    std::chrono::milliseconds interval{30000};  // between two looks at the work list
    net::Manners manners = picture_manners();
};

struct PictureCounts {
    long long stored = 0;
    long long failed = 0;
    long long put_off = 0;
    bool operator==(const PictureCounts&) const = default;
};

class PictureWork {
  public:
    // `owner` tells this process from others that share the database. The fetcher may be shared;
    // stop() stops it.
    PictureWork(store::Database& database, net::Fetcher& fetcher, const Clock& clock,
                std::string owner, PictureWorkOptions options);
    ~PictureWork();
    PictureWork(const PictureWork&) = delete;
    PictureWork& operator=(const PictureWork&) = delete;

    void start();
    void stop();
    // Something is wanted: look now. Any thread.
    void wake();
    // Follows, then works the list off as far as it is due, as the threads do.
    PictureCounts run_once(const std::stop_token& stop = {});
    // One picture that is wanted, due or not. Nothing happens to another.
    void fetch_now(const std::string& id, PictureCounts& counts);

  private:
    void run(const std::stop_token& stop, bool is_first);
    void follow(const std::stop_token& stop);
    bool follow_notices();
    bool follow_listings();
    void work_off(const std::stop_token& stop, PictureCounts& counts);
    void carry_out(const store::StoredPicture& picture, const std::stop_token& stop,
                   PictureCounts& counts);
    Result<void> fetch(store::StoredPicture picture);
    bool hold();

    store::Database& database_;
    net::Fetcher& fetcher_;
    const Clock& clock_;
    std::string owner_;
    PictureWorkOptions options_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    bool has_news_ = false;  // behind mutex_
    std::vector<std::jthread> threads_;
};

}  // namespace recall::pictures
