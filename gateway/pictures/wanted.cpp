#include "gateway/pictures/wanted.h"

#include <algorithm>

#include "gateway/crypto/digest.h"
#include "gateway/json/writer.h"

namespace recall::pictures {
namespace {

Result<void> want(store::Session& session, const store::PictureUser& user,
                  const std::vector<std::string>& urls, AskedBy asked_by, Instant now) {
    store::Pictures pictures(session);
    if (!urls.empty() && pictures.count_wanted() >= wanted_max) {
        return Error{ErrorCode::rate_limited, std::to_string(wanted_max) +
                                                  " pictures are waiting to be fetched; ask again "
                                                  "when some have been"};
    }
    for (const std::string& url : urls) {
        const std::string id = picture_id(url);
        pictures.want(user, id, url, now);
        if (asked_by == AskedBy::person) pictures.want_again(id, now);
    }
    return {};
}

void write_stored(json::Writer& out, const store::StoredPicture& picture) {
    out.member("fetched_at", picture.fetched_at)
        .member("sha256", picture.sha256)
        .member("media_type", picture.media_type)
        .member("width", picture.width)
        .member("height", picture.height);
    if (!picture.hash.empty()) out.member("hash", picture.hash);
}

void write_picture(json::Writer& out, const model::Image& image, const std::string& id,
                   const std::optional<store::StoredPicture>& picture) {
    out.begin_object().member("id", id).member("url", image.url);
    if (!image.caption.empty()) out.member("caption", image.caption);
    out.member("state", picture ? spelling(picture->state) : std::string_view("unfetched"));
    if (picture) {
        out.member("attempts", picture->attempts);
        if (!picture->reason_code.empty()) {
            out.key("reason").begin_object();
            out.member("code", picture->reason_code).member("text", picture->reason).end_object();
        }
        if (picture->state == store::PictureState::stored) write_stored(out, *picture);
    }
    out.end_object();
}

}  // namespace

std::string picture_id(std::string_view url) { return crypto::sha256_hex(url); }

std::vector<model::Image> pictures_of(const model::Notice& notice) {
    std::vector<model::Image> out;
    for (const model::Image& image : notice.images) {
        if (out.size() == pictures_a_notice_max) break;
        const bool is_known = std::ranges::find(out, image.url, &model::Image::url) != out.end();
        if (!image.url.empty() && !is_known) out.push_back(image);
    }
    return out;
}

std::vector<std::string> picture_urls(const model::Listing& listing) {
    std::vector<std::string> out;
    for (const std::string& url : listing.image_urls) {
        if (out.size() == pictures_a_listing_max) break;
        if (!url.empty() && std::ranges::find(out, url) == out.end()) out.push_back(url);
    }
    return out;
}

Result<void> want_pictures(store::Session& session, const model::Notice& notice, AskedBy asked_by,
                           Instant now) {
    std::vector<std::string> urls;
    for (const model::Image& image : pictures_of(notice))
        urls.push_back(image.url);
    return want(session, {.owner = notice.id}, urls, asked_by, now);
}

Result<void> want_pictures(store::Session& session, const model::Listing& listing, AskedBy asked_by,
                           Instant now) {
    return want(session, {listing.platform, listing.id}, picture_urls(listing), asked_by, now);
}

void write_pictures(json::Writer& out, store::Session& session, const model::Notice& notice) {
    store::Pictures pictures(session);
    out.begin_array();
    for (const model::Image& image : pictures_of(notice)) {
        const std::string id = picture_id(image.url);
        write_picture(out, image, id, pictures.get(id));
    }
    out.end_array();
}

}  // namespace recall::pictures
