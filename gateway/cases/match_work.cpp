#include "gateway/cases/match_work.h"

#include <pthread.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "gateway/base/failure.h"
#include "gateway/base/log.h"
#include "gateway/cases/match_store.h"
#include "gateway/json/listing_json.h"
#include "gateway/store/leases.h"
#include "gateway/store/listings.h"
#include "gateway/store/matches.h"
#include "gateway/store/pictures.h"
#include "gateway/store/source_state.h"

namespace recall::cases {
namespace {

constexpr std::size_t rows_a_step = 500;
constexpr std::string_view lease_name = "match";
constexpr std::chrono::seconds lease_length{120};

// Under this name the cursors stand beside those of sources, whose names begin with a country.
constexpr std::string_view cursor_owner = "gateway match";

// Wider than what is stored, so that a stored match that has become weak keeps its evidence.
constexpr match::CheckOptions wide{.min_score = 0.01, .most = 50};

// Among few notices words seem rarer and scores differ a little from those among all, so what is
// passed over lies well below what is stored.
constexpr match::CheckOptions at_all{.min_score = 0.05, .most = 1};

// How far listings and notices have been matched, in their orders of changes.
struct Progress {
    long long listings = 0;
    long long notices = 0;
    long long pictures = 0;
};

long long read_cursor(store::Session& session, std::string_view name) {
    const auto text = store::Cursors(session).get(cursor_owner, name);
    long long value = 0;
    if (text) std::from_chars(text->data(), text->data() + text->size(), value);
    return value;
}

Progress read_progress(store::Database& database) {
    const store::SessionLease session = database.lease();
    return {read_cursor(*session, "listings"), read_cursor(*session, "notices"),
            read_cursor(*session, "pictures")};
}

void write_progress(store::Session& session, const Progress& progress) {
    store::Cursors cursors(session);
    cursors.set(cursor_owner, "listings", std::to_string(progress.listings));
    cursors.set(cursor_owner, "notices", std::to_string(progress.notices));
    cursors.set(cursor_owner, "pictures", std::to_string(progress.pictures));
}

void write_progress(store::Database& database, const Progress& progress) {
    store::in_write_transaction(
        database, [&](store::Session& session) { write_progress(session, progress); });
}

std::vector<store::StoredListing> listings_after(store::Database& database, long long change) {
    const store::SessionLease session = database.lease();
    return store::Listings(*session).changed_after(change, {}, rows_a_step);
}

std::optional<model::Listing> read_stored(const store::StoredListing& stored) {
    Result<model::Listing> listing = json::read_listing(stored.json);
    if (listing) return *std::move(listing);
    log(listing.error(), "match", {{"platform", stored.platform}, {"listing", stored.id}});
    return std::nullopt;
}

// Adds what is known of the listings' pictures to what they are checked with.
class ListingPictures {
  public:
    ListingPictures(store::Database& database, const NoticeIndex& index) : book_(index.pictures()) {
        if (!book_->empty()) session_.emplace(database.lease());
    }

    match::CheckOptions options_for(const model::Listing& listing) {
        hashes_.clear();
        match::CheckOptions options = wide;
        if (!session_) return options;
        for (const std::string& text :
             store::Pictures(**session_).hashes_of({listing.platform, listing.id})) {
            if (const auto hash = model::picture_hash(text)) hashes_.push_back(*hash);
        }
        options.pictures = hashes_;
        options.book = book_.get();
        return options;
    }

  private:
    std::shared_ptr<const match::PictureBook> book_;
    std::optional<store::SessionLease> session_;
    std::vector<model::PictureHash> hashes_;
};

std::vector<Matched> checked(store::Database& database, const NoticeIndex& index,
                             std::span<const model::Listing> listings) {
    std::vector<Matched> all;
    ListingPictures pictures(database, index);
    for (const model::Listing& listing : listings) {
        const match::CheckOptions options = pictures.options_for(listing);
        all.push_back(
            {listing.platform, listing.id, index.matcher().check(listing, options).matches});
    }
    return all;
}

// One step: matches these listings against the index and stores what came of it.
MatchCounts match_step(store::Database& database, const NoticeIndex& index,
                       std::span<const model::Listing> listings, Instant now,
                       const Progress* progress) {
    const std::vector<Matched> all = checked(database, index, listings);
    MatchCounts counts;
    counts.listings = std::ssize(listings);
    counts.stored = store::in_write_transaction(database, [&](store::Session& session) {
        long long written = 0;
        store::Listings stored(session);
        for (const Matched& matched : all) {
            // It may have been removed while it was looked at.
            if (!matched.matches.empty() && !stored.get(matched.platform, matched.listing))
                continue;
            written += store_matches(session, matched, now);
        }
        if (progress != nullptr) write_progress(session, *progress);
        return written;
    });
    return counts;
}

using ListingKey = std::pair<std::string, std::string>;

// The listings that a picture which was stored, or came to another user, says something about: its
// own, and those with a picture like it.
std::set<ListingKey> listings_with_pictures(store::Session& session,
                                            std::span<const store::PictureHashUse> uses) {
    std::set<ListingKey> keys;
    std::vector<model::PictureHash> of_notices;
    for (const store::PictureHashUse& use : uses) {
        const auto hash = model::picture_hash(use.hash);
        if (!hash) continue;
        if (use.user.platform.empty()) {
            of_notices.push_back(*hash);
        } else {
            keys.emplace(use.user.platform, use.user.owner);
        }
    }
    if (of_notices.empty()) return keys;
    for (const store::PictureHashUse& use : store::Pictures(session).listing_hashes()) {
        const auto hash = model::picture_hash(use.hash);
        const auto is_near = [&](const model::PictureHash& other) {
            return distance(*hash, other) <= model::near_picture_bits_max;
        };
        if (hash && std::ranges::any_of(of_notices, is_near))
            keys.emplace(use.user.platform, use.user.owner);
    }
    return keys;
}

// The listings that have an open match with one of the notices.
std::set<ListingKey> listings_matched_before(store::Session& session,
                                             std::span<const model::Notice> notices) {
    std::set<ListingKey> keys;
    for (const model::Notice& notice : notices) {
        store::MatchFilter filter;
        filter.notice = notice.id;
        filter.state = store::MatchState::open;
        std::string cursor;
        do {
            auto page = store::Matches(session).list(filter, cursor, store::page_rows_max);
            if (!page) throw Failure(page.error());
            for (const store::StoredMatch& match : page->rows)
                keys.emplace(match.platform, match.listing);
            cursor = page->cursor;
        } while (!cursor.empty());
    }
    return keys;
}

}  // namespace

MatchCounts& MatchCounts::operator+=(const MatchCounts& other) {
    listings += other.listings;
    stored += other.stored;
    return *this;
}

MatchWork::MatchWork(store::Database& database, std::shared_ptr<const match::Lexicon> lexicon,
                     const Clock& clock, std::string owner, MatchWorkOptions options)
    : database_(database),
      clock_(clock),
      owner_(std::move(owner)),
      options_(options),
      lexicon_(std::move(lexicon)),
      index_(database, lexicon_) {}

MatchWork::~MatchWork() { stop(); }

void MatchWork::start() {
    thread_ = std::jthread([this](const std::stop_token& stop) {
        pthread_setname_np(pthread_self(), "match");
        run(stop);
    });
}

void MatchWork::stop() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
}

void MatchWork::wake() {
    {
        const std::lock_guard lock(mutex_);
        has_news_ = true;
    }
    wake_.notify_one();
}

void MatchWork::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        run_once(stop);
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, options_.interval, [this] { return has_news_; });
        has_news_ = false;
    }
    if (options_.duty == MatchDuty::match) let_go();
}

// So that another process, or this one started again, need not wait for the lease to run out.
void MatchWork::let_go() {
    try {
        store::in_write_transaction(database_, [&](store::Session& session) {
            store::Leases(session).release(lease_name, owner_);
        });
    } catch (const Failure& failure) {
        log(failure.error(), "match");
    }
}

MatchCounts MatchWork::run_once(const std::stop_token& stop) {
    try {
        index_.refresh();
        if (options_.duty == MatchDuty::follow || !hold()) return {};
        MatchCounts counts = match_notices(stop);
        counts += match_listings(stop);
        counts += match_pictures(stop);
        return counts;
    } catch (const Failure& failure) {
        log(failure.error(), "match");
        return {};
    }
}

bool MatchWork::hold() {
    return store::in_write_transaction(database_, [&](store::Session& session) {
        return store::Leases(session).acquire(lease_name, owner_, clock_.now(), lease_length);
    });
}

// New and changed notices against the listings that were matched before they came. A small index
// of just them passes over most listings; the whole index then says what the others are.
MatchCounts MatchWork::match_notices(const std::stop_token& stop) {
    Progress progress = read_progress(database_);
    const long long target = index_.change();
    if (progress.notices >= target) return {};
    NoticeChanges changes;
    std::set<ListingKey> before;
    if (progress.listings > 0) {
        const store::SessionLease session = database_.lease();
        changes = notice_changes(*session, progress.notices, options_.notices_at_once + 1);
        before = listings_matched_before(*session, changes.matched);
    }
    progress.notices = target;
    if (changes.matched.size() + changes.removed.size() > options_.notices_at_once) {
        log(LogLevel::info, "match", "many notices changed; all listings are matched anew");
        progress.listings = 0;
    }
    if (progress.listings == 0 || changes.matched.empty()) {
        write_progress(database_, progress);
        return {};
    }
    match::Matcher few(lexicon_);
    few.replace(changes.matched);
    MatchCounts counts;
    long long change = 0;
    while (change < progress.listings) {
        if (stop.stop_requested() || !hold()) return counts;
        const std::vector<store::StoredListing> page = listings_after(database_, change);
        if (page.empty()) break;
        change = page.back().change;
        std::vector<model::Listing> touched;
        for (const store::StoredListing& stored : page) {
            std::optional<model::Listing> listing = read_stored(stored);
            if (!listing) continue;
            const bool is_touched = before.contains({stored.platform, stored.id}) ||
                                    !few.check(*listing, at_all).matches.empty();
            if (is_touched) touched.push_back(*std::move(listing));
        }
        if (touched.empty()) continue;
        counts += match_step(database_, index_, touched, clock_.now(), nullptr);
    }
    write_progress(database_, progress);
    return counts;
}

// New and changed listings against all notices.
MatchCounts MatchWork::match_listings(const std::stop_token& stop) {
    Progress progress = read_progress(database_);
    MatchCounts counts;
    while (!stop.stop_requested() && hold()) {
        const std::vector<store::StoredListing> page = listings_after(database_, progress.listings);
        if (page.empty()) break;
        progress.listings = page.back().change;
        std::vector<model::Listing> listings;
        for (const store::StoredListing& stored : page) {
            if (auto listing = read_stored(stored)) listings.push_back(*std::move(listing));
        }
        counts += match_step(database_, index_, listings, clock_.now(), &progress);
    }
    return counts;
}

// Listings that were matched before their pictures, or those of a notice, were looked at. Pictures
// that the index does not hold yet are left for the next round.
MatchCounts MatchWork::match_pictures(const std::stop_token& stop) {
    Progress progress = read_progress(database_);
    MatchCounts counts;
    while (progress.pictures < index_.picture_change() && !stop.stop_requested() && hold()) {
        std::vector<model::Listing> listings;
        {
            const store::SessionLease session = database_.lease();
            auto uses = store::Pictures(*session).hashes_after(progress.pictures, rows_a_step);
            std::erase_if(uses, [&](const store::PictureHashUse& use) {
                return use.change > index_.picture_change();
            });
            // A picture that moved on meanwhile comes up again under its new number.
            progress.pictures = uses.empty() ? index_.picture_change() : uses.back().change;
            for (const auto& [platform, id] : listings_with_pictures(*session, uses)) {
                const auto stored = store::Listings(*session).get(platform, id);
                if (!stored) continue;
                if (auto listing = read_stored(*stored)) listings.push_back(*std::move(listing));
            }
        }
        counts += match_step(database_, index_, listings, clock_.now(), &progress);
    }
    return counts;
}

}  // namespace recall::cases
