#pragma once
// A picture that was fetched, for tests of what the API makes of it.

#include <string>

#include "gateway/crypto/digest.h"
#include "gateway/image/picture.h"
#include "gateway/pictures/wanted.h"
#include "gateway/store/database.h"
#include "gateway/store/raw_archive.h"

namespace recall::test {

inline constexpr const char* lamp_url = "https://a.example/1.jpg";

// The picture at lamp_url, of the notice xx-test:1, as if it had been fetched. Its id.
inline std::string store_lamp(store::Database& database) {
    const Instant now{std::chrono::milliseconds(1780000000000)};
    image::Raster raster{8, 8, {}};
    raster.rgb.resize(192, 77);
    const std::string thumbnail = image::thumbnail(raster);
    store::StoredPicture picture;
    picture.id = pictures::picture_id(lamp_url);
    picture.sha256 = std::string(64, 'a');
    picture.media_type = "image/png";
    picture.width = 800;
    picture.height = 600;
    picture.hash = std::string(32, '5');
    picture.thumbnail = crypto::sha256_hex(thumbnail);
    store::in_write_transaction(database, [&](store::Session& session) {
        store::RawArchive(session).put({.sha256 = picture.thumbnail,
                                        .media_type = "image/jpeg",
                                        .url = lamp_url,
                                        .fetched_at = now},
                                       thumbnail);
        store::Pictures pictures(session);
        pictures.want({.owner = "xx-test:1"}, picture.id, lamp_url, now);
        pictures.save(picture, now);
    });
    return picture.id;
}

}  // namespace recall::test
