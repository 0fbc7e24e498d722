#include "gateway/store/pictures.h"

#include <algorithm>
#include <array>

#include "gateway/store/column_text.h"
#include "gateway/store/page.h"

namespace recall::store {
namespace {

constexpr std::array<std::string_view, 3> states = {"wanted", "stored", "failed"};

constexpr std::string_view column_letters =
    "tttnttttt"
    "nn"
    "ttn";

constexpr Sql insert_picture{
    "picture.insert",
    "insert into picture (id, url, state, attempts, due_at, reason_code, reason, fetched_at, "
    "sha256, media_type, width, height, hash, thumbnail, change) values (:id, :url, 'wanted', 0, "
    ":now, '', '', '', '', '', 0, 0, '', '', 0) on conflict (id) do nothing"};
constexpr Sql insert_user{"picture_user.insert",
                          "insert into picture_user (platform, owner, picture) "
                          "values (:platform, :owner, :id) on conflict do nothing"};
constexpr Sql set_change{"picture.set_change",
                         "update picture set change = :change where id = :id"};
constexpr Sql restart_failed{"picture.want_again",
                             "update picture set state = 'wanted', attempts = 0, due_at = :now "
                             "where id = :id and state = 'failed'"};
constexpr Sql find_due{
    "picture.due",
    "select id, url, state, attempts, reason_code, reason, fetched_at, sha256, media_type, width, "
    "height, hash, thumbnail, change from picture where state = 'wanted' and due_at <= :now "
    "order by due_at limit 1",
    column_letters};
constexpr Sql find_picture{
    "picture.get",
    "select id, url, state, attempts, reason_code, reason, fetched_at, sha256, media_type, width, "
    "height, hash, thumbnail, change from picture where id = :id",
    column_letters};
// Of two that found it due, the one that is first changes `attempts` and so takes it.
constexpr Sql take_wanted{"picture.take",
                          "update picture set attempts = attempts + 1, due_at = :until "
                          "where id = :id and state = 'wanted' and attempts = :attempts"};
constexpr Sql save_picture{
    "picture.save",
    "update picture set state = 'stored', reason_code = '', reason = '', fetched_at = :now, "
    "sha256 = :sha256, media_type = :media_type, width = :width, height = :height, hash = :hash, "
    "thumbnail = :thumbnail, change = :change where id = :id"};
constexpr Sql set_failure{
    "picture.set_failure",
    "update picture set state = :state, due_at = :due, reason_code = :code, reason = :reason "
    "where id = :id and state = 'wanted'"};
constexpr Sql count_wanted_pictures{"picture.count_wanted",
                                    "select count(*) from picture where state = 'wanted'", "n"};
constexpr Sql find_hashes{
    "picture.hashes_after",
    "select u.platform, u.owner, p.hash, p.change from (select id, hash, change from picture "
    "where change > :change and change > 0 order by change limit :rows) p "
    "join picture_user u on u.picture = p.id order by p.change, u.platform, u.owner",
    "tttn"};
constexpr Sql find_hashes_of{
    "picture.hashes_of",
    "select p.hash from picture_user u join picture p on p.id = u.picture "
    "where u.platform = :platform and u.owner = :owner and p.hash <> '' order by p.hash",
    "t"};
constexpr Sql find_listing_hashes{
    "picture.listing_hashes",
    "select u.platform, u.owner, p.hash, p.change from picture_user u "
    "join picture p on p.id = u.picture where u.platform > '' and p.hash <> ''",
    "tttn"};
constexpr Sql find_counter{"change_counter.get",
                           "select value from change_counter where series = :series", "n"};

StoredPicture read_row(const Rows& rows) {
    StoredPicture out;
    out.id = rows.text(0);
    out.url = rows.text(1);
    out.state = read_word<PictureState>(states, rows.text(2));
    out.attempts = rows.number(3);
    out.reason_code = rows.text(4);
    out.reason = rows.text(5);
    out.fetched_at = rows.text(6);
    out.sha256 = rows.text(7);
    out.media_type = rows.text(8);
    out.width = rows.number(9);
    out.height = rows.number(10);
    out.hash = rows.text(11);
    out.thumbnail = rows.text(12);
    out.change = rows.number(13);
    return out;
}

std::optional<StoredPicture> first(Rows rows) {
    if (!rows.next()) return std::nullopt;
    return read_row(rows);
}

std::vector<PictureHashUse> hash_uses(Rows rows) {
    std::vector<PictureHashUse> out;
    while (rows.next())
        out.push_back({{rows.text(0), rows.text(1)}, rows.text(2), rows.number(3)});
    return out;
}

}  // namespace

std::string_view spelling(PictureState state) { return states.at(static_cast<std::size_t>(state)); }

void Pictures::want(const PictureUser& user, std::string_view id, std::string_view url,
                    Instant now) {
    session_.execute(insert_picture, {{"id", id}, {"url", url}, {"now", instant_text(now)}});
    const bool is_new =
        session_.execute(insert_user,
                         {{"platform", user.platform}, {"owner", user.owner}, {"id", id}}) == 1;
    if (!is_new) return;
    const std::optional<StoredPicture> known = get(id);
    if (known && known->state == PictureState::stored)
        session_.execute(set_change, {{"id", id}, {"change", session_.next_change("picture")}});
}

void Pictures::want_again(std::string_view id, Instant now) {
    session_.execute(restart_failed, {{"id", id}, {"now", instant_text(now)}});
}

bool Pictures::take(StoredPicture& picture, Instant until) {
    const long long touched = session_.execute(
        take_wanted,
        {{"id", picture.id}, {"attempts", picture.attempts}, {"until", instant_text(until)}});
    if (touched == 0) return false;
    ++picture.attempts;
    return true;
}

std::optional<StoredPicture> Pictures::take_due(Instant now, Instant until) {
    for (;;) {
        std::optional<StoredPicture> picture =
            first(session_.query(find_due, {{"now", instant_text(now)}}));
        if (!picture || take(*picture, until)) return picture;
    }
}

std::optional<StoredPicture> Pictures::take(std::string_view id, Instant until) {
    std::optional<StoredPicture> picture = get(id);
    if (!picture || !take(*picture, until)) return std::nullopt;
    return picture;
}

void Pictures::save(const StoredPicture& picture, Instant now) {
    session_.execute(save_picture, {{"id", picture.id},
                                    {"now", instant_text(now)},
                                    {"sha256", picture.sha256},
                                    {"media_type", picture.media_type},
                                    {"width", picture.width},
                                    {"height", picture.height},
                                    {"hash", picture.hash},
                                    {"thumbnail", picture.thumbnail},
                                    {"change", session_.next_change("picture")}});
}

void Pictures::put_off(std::string_view id, const Error& reason, Instant due) {
    session_.execute(set_failure, {{"id", id},
                                   {"state", states[0]},
                                   {"due", instant_text(due)},
                                   {"code", recall::spelling(reason.code)},
                                   {"reason", shown_text(reason.text)}});
}

void Pictures::give_up(std::string_view id, const Error& reason) {
    session_.execute(set_failure, {{"id", id},
                                   {"state", states[2]},
                                   {"due", ""},
                                   {"code", recall::spelling(reason.code)},
                                   {"reason", shown_text(reason.text)}});
}

std::optional<StoredPicture> Pictures::get(std::string_view id) {
    return first(session_.query(find_picture, {{"id", id}}));
}

long long Pictures::count_wanted() {
    Rows rows = session_.query(count_wanted_pictures, {});
    return rows.next() ? rows.number(0) : 0;
}

std::vector<PictureHashUse> Pictures::hashes_after(long long change, std::size_t pictures) {
    const auto rows = static_cast<long long>(std::clamp<std::size_t>(pictures, 1, page_rows_max));
    return hash_uses(session_.query(find_hashes, {{"change", change}, {"rows", rows}}));
}

std::vector<std::string> Pictures::hashes_of(const PictureUser& user) {
    Rows rows =
        session_.query(find_hashes_of, {{"platform", user.platform}, {"owner", user.owner}});
    std::vector<std::string> out;
    while (rows.next())
        out.push_back(rows.text(0));
    return out;
}

std::vector<PictureHashUse> Pictures::listing_hashes() {
    return hash_uses(session_.query(find_listing_hashes, {}));
}

long long Pictures::latest_change(std::string_view series) {
    Rows rows = session_.query(find_counter, {{"series", series}});
    return rows.next() ? rows.number(0) : 0;
}

}  // namespace recall::store
