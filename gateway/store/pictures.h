#pragma once
// Pictures by their URL: the work list of those to fetch, and what is known of those that were. A
// picture is fetched once, however many notices and listings show it. Writes need a
// WriteTransaction. One session, one thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/base/errors.h"
#include "gateway/store/session.h"

namespace recall::store {

enum class PictureState { wanted, stored, failed };
std::string_view spelling(PictureState state);

// A notice, when platform is empty, or a platform's listing.
struct PictureUser {
    std::string platform{};
    std::string owner{};  // id
    bool operator==(const PictureUser&) const = default;
};

struct StoredPicture {
    std::string id{};  // SHA-256 of the url
    std::string url{};
    PictureState state = PictureState::wanted;
    long long attempts = 0;
    std::string reason_code{};  // of the last attempt, when it failed
    std::string reason{};
    std::string fetched_at{};  // from here on: of a stored one
    std::string sha256{};
    std::string media_type{};
    long long width = 0;
    long long height = 0;
    std::string hash{};       // model::to_text; empty when it is blank
    std::string thumbnail{};  // SHA-256 in the raw archive
    long long change = 0;
};

// A hash with one of those whose picture it is.
struct PictureHashUse {
    PictureUser user{};
    std::string hash{};
    long long change = 0;
};

class Pictures {
  public:
    explicit Pictures(Session& session) : session_(session) {}

    // Notes the user, and puts a picture that is not known on the work list.
    void want(const PictureUser& user, std::string_view id, std::string_view url, Instant now);
    // A failed one back on the work list, as if it had never been tried.
    void want_again(std::string_view id, Instant now);

    // The one that is due the longest, not due again before `until`: so a process that ends in the
    // middle of it holds nobody up.
    std::optional<StoredPicture> take_due(Instant now, Instant until);
    // The same for one, due or not; nothing unless it is wanted.
    std::optional<StoredPicture> take(std::string_view id, Instant until);

    void save(const StoredPicture& picture, Instant now);
    void put_off(std::string_view id, const Error& reason, Instant due);
    void give_up(std::string_view id, const Error& reason);

    std::optional<StoredPicture> get(std::string_view id);
    long long count_wanted();

    // For matching: hashes of pictures stored, or come to more users, after `change`; oldest change
    // first, every user of a picture in the same page. Empty when there is no more.
    std::vector<PictureHashUse> hashes_after(long long change, std::size_t pictures);
    std::vector<std::string> hashes_of(const PictureUser& user);
    // Those of listings of any platform.
    std::vector<PictureHashUse> listing_hashes();

    // The number that changes of notices ("notice") or listings ("listing") have come to.
    long long latest_change(std::string_view series);

  private:
    // False when somebody else was faster.
    bool take(StoredPicture& picture, Instant until);

    Session& session_;
};

}  // namespace recall::store
