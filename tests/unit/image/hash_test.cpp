// The perceptual hash on pictures drawn by the test: near to what was made of the same picture, far
// from every other one.

#include "gateway/image/hash.h"

#include <boost/test/unit_test.hpp>

#include "tests/unit/image/drawings.h"

namespace image = recall::image;
namespace model = recall::model;
namespace test = recall::test;
using test::Ground;
using test::Raster;

namespace {

constexpr unsigned drawings = 25;  // on each ground

struct Drawn {
    Raster raster;
    model::PictureHash hash;
};

model::PictureHash hash_of(const Raster& raster) {
    const auto hash = image::picture_hash(raster);
    BOOST_REQUIRE(hash.has_value());
    return *hash;
}

model::PictureHash hash_of(const std::string& file) {
    const auto picture = image::read_picture(file);
    BOOST_REQUIRE(picture.ok());
    return hash_of(picture->raster);
}

const std::vector<Drawn>& all_drawings() {
    static std::vector<Drawn> out;
    if (!out.empty()) return out;
    for (unsigned seed = 1; seed <= drawings; ++seed) {
        for (const Ground ground : {Ground::white, Ground::gradient}) {
            Raster raster = test::drawing(seed * 7919, ground, 320, 256);
            const model::PictureHash hash = hash_of(test::png(raster));
            out.push_back({std::move(raster), hash});
        }
    }
    return out;
}

struct Change {
    const char* name;
    std::string (*file)(const Raster&);
    int bits_max;
};

const Change changes[] = {
    {"JPEG of high quality", [](const Raster& r) { return test::jpeg(r, 90); },
     model::same_picture_bits_max},
    {"JPEG of low quality", [](const Raster& r) { return test::jpeg(r, 30); },
     model::near_picture_bits_max},
    {"WebP", [](const Raster& r) { return test::webp(r, 75); }, model::same_picture_bits_max},
    {"half the size", [](const Raster& r) { return test::jpeg(test::scaled(r, 160, 128)); },
     model::same_picture_bits_max},
    {"a preview's size", [](const Raster& r) { return test::jpeg(image::shrunk(r, 100), 75); },
     model::near_picture_bits_max},
    {"twice the size", [](const Raster& r) { return test::jpeg(test::scaled(r, 640, 512)); },
     model::same_picture_bits_max},
    {"brighter", [](const Raster& r) { return test::jpeg(test::brightened(r, 1.0, 20)); },
     model::near_picture_bits_max},
    {"darker", [](const Raster& r) { return test::jpeg(test::brightened(r, 0.8, 0)); },
     model::near_picture_bits_max},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(hash)

BOOST_AUTO_TEST_CASE(a_picture_made_anew_stays_near) {
    const std::vector<Drawn>& all = all_drawings();
    for (const Change& change : changes) {
        int worst = 0;
        int beyond = 0;
        for (const Drawn& drawn : all) {
            const int bits = distance(hash_of(change.file(drawn.raster)), drawn.hash);
            worst = std::max(worst, bits);
            beyond += bits > change.bits_max ? 1 : 0;
        }
        BOOST_TEST_MESSAGE(change.name << ": at most " << worst << " bits of 64, " << beyond
                                       << " of " << all.size() << " beyond " << change.bits_max);
        BOOST_TEST(beyond <= 1, change.name);
        BOOST_TEST(worst <= change.bits_max + 2, change.name);
    }
}

BOOST_AUTO_TEST_CASE(different_pictures_are_far_apart) {
    const std::vector<Drawn>& all = all_drawings();
    int nearest = 64;
    for (std::size_t i = 0; i < all.size(); ++i) {
        // Both grounds of one seed hold different shapes, for the ground takes random numbers.
        for (std::size_t j = i + 1; j < all.size(); ++j)
            nearest = std::min(nearest, distance(all[i].hash, all[j].hash));
    }
    BOOST_TEST_MESSAGE("nearest two of " << all.size() << ": " << nearest << " bits of 64");
    BOOST_TEST(nearest > model::near_picture_bits_max);
}

BOOST_AUTO_TEST_CASE(a_blank_picture_has_no_hash) {
    BOOST_TEST(!image::picture_hash(test::blank(200, 200)).has_value());
    BOOST_TEST(!image::picture_hash(test::blank(1, 1, {0, 0, 0})).has_value());
    Raster nearly = test::blank(200, 200, {240, 240, 240});
    for (int x = 95; x < 100; ++x)
        test::paint(nearly, x, 100, {0, 0, 0});
    BOOST_TEST(!image::picture_hash(nearly).has_value());
}

BOOST_AUTO_TEST_CASE(pictures_of_any_shape_can_be_hashed) {
    for (const auto& [width, height] : {std::pair{1, 300}, {300, 1}, {2, 2}, {31, 33}, {8, 9}}) {
        Raster raster = test::blank(width, height);
        for (int y = 0; y < height / 2 + 1; ++y)
            test::paint(raster, 0, y, {0, 0, 0});
        const auto hash = image::picture_hash(raster);
        BOOST_TEST((!hash || distance(*hash, *hash) == 0));
    }
}

BOOST_AUTO_TEST_CASE(a_hash_is_written_and_read) {
    const model::PictureHash hash{0x0123456789abcdefULL, 0xfedcba9876543210ULL};
    BOOST_TEST(to_text(hash) == "0123456789abcdeffedcba9876543210");
    BOOST_TEST((model::picture_hash(to_text(hash)) == hash));
    for (const char* wrong :
         {"", "0123", "0123456789abcdeffedcba987654321g", "0123456789abcdeffedcba98765432100",
          "-123456789abcdeffedcba9876543210"})
        BOOST_TEST(!model::picture_hash(wrong).has_value(), wrong);
}

BOOST_AUTO_TEST_SUITE_END()
