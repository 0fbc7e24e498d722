#pragma once
// The matcher's index of notices, kept in step with the database. Each gateway process has its own,
// in memory. refresh() is for one thread; the matcher itself for any.

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "gateway/match/matcher.h"
#include "gateway/match/picture_book.h"
#include "gateway/store/database.h"

namespace recall::cases {

class NoticeIndex {
  public:
    NoticeIndex(store::Database& database, std::shared_ptr<const match::Lexicon> lexicon)
        : database_(database), matcher_(std::move(lexicon)) {}

    // Takes in what changed since; the first time, everything.
    void refresh();

    // The place in the order of changes up to which the index knows notices; 0 before the first
    // refresh of a database that has any.
    long long change() const { return change_; }
    bool is_loaded() const { return is_loaded_; }
    const match::Matcher& matcher() const { return matcher_; }
    // What the notices' pictures look like, as of the last refresh; never null.
    std::shared_ptr<const match::PictureBook> pictures() const;
    long long picture_change() const { return picture_change_; }

  private:
    void refresh_pictures();

    store::Database& database_;
    match::Matcher matcher_;
    mutable std::mutex pointing_;  // guards pictures_, held only to copy it
    std::shared_ptr<const match::PictureBook> pictures_ =
        std::make_shared<const match::PictureBook>();
    std::atomic<long long> picture_change_ = 0;
    std::atomic<long long> change_ = 0;
    std::atomic<bool> is_loaded_ = false;
};

// What became of notices after a place in the order of changes.
struct NoticeChanges {
    std::vector<model::Notice> matched;  // those to match against
    std::vector<std::string> removed;    // vanished from their source, or withdrawn by it
    long long change = 0;                // of the last one
};

// A page of them, of at least `rows` if there are so many; none is left when `change` is `after`.
NoticeChanges notice_changes(store::Session& session, long long after, std::size_t rows);

}  // namespace recall::cases
