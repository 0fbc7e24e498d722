#include "gateway/pictures/work.h"

#include <pthread.h>

#include <charconv>
#include <fstream>

#include "gateway/base/failure.h"
#include "gateway/base/log.h"
#include "gateway/crypto/digest.h"
#include "gateway/image/hash.h"
#include "gateway/json/listing_json.h"
#include "gateway/json/notice_json.h"
#include "gateway/pictures/wanted.h"
#include "gateway/store/leases.h"
#include "gateway/store/listings.h"
#include "gateway/store/notices.h"
#include "gateway/store/raw_archive.h"
#include "gateway/store/source_state.h"

namespace recall::pictures {
namespace {

constexpr std::size_t rows_a_step = 200;
constexpr std::string_view lease_name = "pictures";
constexpr std::chrono::seconds lease_length{120};
// Longer than any fetch, which has a minute and waits for its turn at the host.
constexpr std::chrono::minutes taken_for{30};

// Under this name the cursors stand beside those of sources, whose names begin with a country.
constexpr std::string_view cursor_owner = "gateway pictures";

std::string file_bytes(const std::string& path, std::size_t bytes) {
    std::string out(bytes, '\0');
    std::ifstream in(path, std::ios::binary);
    in.read(out.data(), static_cast<std::streamsize>(bytes));
    if (static_cast<std::size_t>(in.gcount()) != bytes)
        throw Failure(ErrorCode::io, "a spooled picture cannot be read back: " + path);
    return out;
}

// How far notices or listings were followed. From where they stand now, the first time.
long long followed(store::Session& session, std::string_view series) {
    const auto text = store::Cursors(session).get(cursor_owner, series);
    if (!text) return store::Pictures(session).latest_change(series);
    long long value = 0;
    std::from_chars(text->data(), text->data() + text->size(), value);
    return value;
}

void set_followed(store::Session& session, std::string_view series, long long change) {
    store::Cursors(session).set(cursor_owner, series, std::to_string(change));
}

std::chrono::minutes wait_after(long long attempts) {
    std::chrono::minutes wait = first_wait;
    for (long long i = 1; i < attempts; ++i)
        wait *= 8;
    return wait;
}

// Puts the pictures of a page of notices or listings on the list; false when there is no page, or
// no room.
template <class Stored, class Want>
bool follow_page(store::Session& session, std::string_view series, const std::vector<Stored>& page,
                 Want want) {
    if (page.empty()) {
        if (!store::Cursors(session).get(cursor_owner, series))
            set_followed(session, series, followed(session, series));
        return false;
    }
    for (const Stored& stored : page) {
        const Result<void> wanted = want(stored);
        if (!wanted) return false;  // as far as it came; the rest when there is room
        set_followed(session, series, stored.change);
    }
    return true;
}

}  // namespace

net::Manners picture_manners() {
    net::Manners manners;
    manners.redirects_max = 3;
    manners.attempts_max = 1;  // the work list tries again
    manners.read_timeout = std::chrono::seconds(20);
    manners.deadline = std::chrono::seconds(60);
    return manners;
}

PictureWork::PictureWork(store::Database& database, net::Fetcher& fetcher, const Clock& clock,
                         std::string owner, PictureWorkOptions options)
    : database_(database),
      fetcher_(fetcher),
      clock_(clock),
      owner_(std::move(owner)),
      options_(std::move(options)) {}

PictureWork::~PictureWork() { stop(); }

void PictureWork::start() {
    for (std::size_t i = 0; i < options_.workers; ++i) {
        threads_.emplace_back([this, i](const std::stop_token& stop) {
            pthread_setname_np(pthread_self(), "pictures");
            run(stop, i == 0);
        });
    }
}

void PictureWork::stop() {
    if (threads_.empty()) return;
    for (std::jthread& thread : threads_)
        thread.request_stop();
    fetcher_.stop();
    threads_.clear();
}

void PictureWork::wake() {
    {
        const std::lock_guard lock(mutex_);
        has_news_ = true;
    }
    wake_.notify_all();
}

void PictureWork::run(const std::stop_token& stop, bool is_first) {
    while (!stop.stop_requested()) {
        try {
            if (is_first) follow(stop);
            PictureCounts counts;
            work_off(stop, counts);
        } catch (const Failure& failure) {
            log(failure.error(), "pictures");
        }
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, options_.interval, [this] { return has_news_; });
        has_news_ = false;
    }
}

PictureCounts PictureWork::run_once(const std::stop_token& stop) {
    PictureCounts counts;
    follow(stop);
    work_off(stop, counts);
    return counts;
}

bool PictureWork::hold() {
    return store::in_write_transaction(database_, [&](store::Session& session) {
        return store::Leases(session).acquire(lease_name, owner_, clock_.now(), lease_length);
    });
}

void PictureWork::follow(const std::stop_token& stop) {
    if (options_.follow == Follow::asked) return;
    while (!stop.stop_requested() && hold() && follow_notices()) {
    }
    while (!stop.stop_requested() && hold() && follow_listings()) {
    }
}

bool PictureWork::follow_notices() {
    return store::in_write_transaction(database_, [&](store::Session& session) {
        const auto page =
            store::Notices(session).changed_after(followed(session, "notice"), rows_a_step);
        return follow_page(session, "notice", page,
                           [&](const store::StoredNotice& stored) -> Result<void> {
                               if (stored.state != "active") return {};
                               const auto notice = json::read_kept_notice(stored.json);
                               if (!notice) return {};  // the index says so in the log
                               return want_pictures(session, *notice, AskedBy::rule, clock_.now());
                           });
    });
}

bool PictureWork::follow_listings() {
    return store::in_write_transaction(database_, [&](store::Session& session) {
        const auto page =
            store::Listings(session).changed_after(followed(session, "listing"), {}, rows_a_step);
        return follow_page(session, "listing", page,
                           [&](const store::StoredListing& stored) -> Result<void> {
                               const auto listing = json::read_listing(stored.json);
                               if (!listing) return {};  // matching says so in the log
                               return want_pictures(session, *listing, AskedBy::rule, clock_.now());
                           });
    });
}

void PictureWork::work_off(const std::stop_token& stop, PictureCounts& counts) {
    while (!stop.stop_requested()) {
        const Instant now = clock_.now();
        const auto picture = store::in_write_transaction(database_, [&](store::Session& session) {
            return store::Pictures(session).take_due(now, now + taken_for);
        });
        if (!picture) return;
        carry_out(*picture, stop, counts);
    }
}

void PictureWork::fetch_now(const std::string& id, PictureCounts& counts) {
    const Instant until = clock_.now() + taken_for;
    const auto picture = store::in_write_transaction(database_, [&](store::Session& session) {
        return store::Pictures(session).take(id, until);
    });
    if (picture) carry_out(*picture, {}, counts);
}

void PictureWork::carry_out(const store::StoredPicture& picture, const std::stop_token& stop,
                            PictureCounts& counts) {
    const Result<void> fetched = fetch(picture);
    if (fetched) {
        ++counts.stored;
        return;
    }
    const Error& reason = fetched.error();
    const Instant now = clock_.now();
    const bool may_pass =
        facts(reason.code).retry == Retry::later && picture.attempts < attempts_max;
    ++(may_pass ? counts.put_off : counts.failed);
    store::in_write_transaction(database_, [&](store::Session& session) {
        store::Pictures pictures(session);
        if (stop.stop_requested()) return pictures.put_off(picture.id, reason, now);
        if (may_pass)
            return pictures.put_off(picture.id, reason, now + wait_after(picture.attempts));
        pictures.give_up(picture.id, reason);
    });
}

Result<void> PictureWork::fetch(store::StoredPicture picture) {
    const Result<net::Fetched> fetched =
        fetcher_.fetch({.url = picture.url,
                        .headers = {{"Accept", "image/jpeg, image/png, image/webp, image/gif"}},
                        .bytes_max = image::picture_bytes_max},
                       options_.manners);
    if (!fetched) return fetched.error();
    const Result<image::Picture> read =
        image::read_picture(file_bytes(fetched->body->path(), fetched->bytes));
    if (!read) return read.error();
    picture.sha256 = fetched->sha256;
    picture.media_type = image::media_type(read->format);
    picture.width = read->width;
    picture.height = read->height;
    if (const auto hash = image::picture_hash(read->raster)) picture.hash = to_text(*hash);
    const std::string thumbnail = image::thumbnail(read->raster);
    picture.thumbnail = crypto::sha256_hex(thumbnail);
    const Instant now = clock_.now();
    store::in_write_transaction(database_, [&](store::Session& session) {
        store::RawArchive(session).put({.sha256 = picture.thumbnail,
                                        .media_type = "image/jpeg",
                                        .url = picture.url,
                                        .fetched_at = now},
                                       thumbnail);
        store::Pictures(session).save(picture, now);
    });
    return {};
}

}  // namespace recall::pictures
