// Reading pictures of every kind, and what hostile ones come to.

#include "gateway/image/picture.h"

#include <boost/test/unit_test.hpp>

#include "tests/unit/image/drawings.h"

using recall::ErrorCode;
namespace image = recall::image;
namespace test = recall::test;
using test::Ground;
using test::Raster;

namespace {

std::string big_endian(std::uint32_t value) {
    std::string out;
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        out += static_cast<char>(value >> shift & 255U);
    return out;
}

std::uint32_t crc(std::string_view bytes) {
    std::uint32_t value = 0xFFFFFFFFU;
    for (const char c : bytes) {
        value ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            value = (value & 1U) != 0 ? value >> 1U ^ 0xEDB88320U : value >> 1U;
    }
    return ~value;
}

std::string png_chunk(const std::string& type, const std::string& body) {
    return big_endian(static_cast<std::uint32_t>(body.size())) + type + body +
           big_endian(crc(type + body));
}

// A PNG that says it has that many pixels, and holds next to nothing.
std::string png_of_size(std::uint32_t width, std::uint32_t height) {
    const std::string header =
        big_endian(width) + big_endian(height) + std::string("\x08\2\0\0\0", 5);
    return "\x89PNG\r\n\x1A\n" + png_chunk("IHDR", header) +
           png_chunk("IDAT", std::string("\x78\x9C\x03\x00\x00\x00\x00\x01", 8)) +
           png_chunk("IEND", "");
}

std::string with_bytes(std::string file, std::size_t at, std::string_view bytes) {
    return file.replace(at, bytes.size(), bytes);
}

void check_error(const std::string& file, ErrorCode code, const std::string& what) {
    const auto picture = image::read_picture(file);
    BOOST_REQUIRE_MESSAGE(!picture.ok(), what);
    BOOST_TEST(spelling(picture.error().code) == spelling(code),
               what << ": " << picture.error().line());
}

const Raster& sample() {
    static const Raster drawn = test::drawing(5, Ground::gradient, 300, 200);
    return drawn;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(picture)

BOOST_AUTO_TEST_CASE(each_kind_is_read_by_its_first_bytes) {
    const std::pair<std::string, const char*> files[] = {
        {test::jpeg(sample(), 95), "image/jpeg"},
        {test::jpeg(sample(), 95, TJFLAG_PROGRESSIVE), "image/jpeg"},
        {test::png(sample()), "image/png"},
        {test::webp(sample(), 95), "image/webp"},
    };
    for (const auto& [file, type] : files) {
        const auto picture = image::read_picture(file);
        BOOST_REQUIRE(picture.ok());
        BOOST_TEST(image::media_type(picture->format) == type);
        BOOST_TEST(picture->width == 300);
        BOOST_TEST(picture->height == 200);
        int worst = 0;
        for (const auto& [x, y] : {std::pair{10, 10}, {290, 190}, {20, 180}}) {
            for (int colour = 0; colour < 3; ++colour)
                worst = std::max(worst, std::abs(picture->raster.pixel(x, y)[colour] -
                                                 sample().pixel(x, y)[colour]));
        }
        BOOST_TEST(worst < 24, type);
    }
}

BOOST_AUTO_TEST_CASE(a_gif_gives_its_first_frame_also_when_interlaced) {
    for (const bool is_interlaced : {false, true}) {
        const auto picture = image::read_picture(
            test::gif(sample(), {.is_interlaced = is_interlaced, .left = 40, .frames = 3}));
        BOOST_REQUIRE(picture.ok());
        BOOST_TEST(image::media_type(picture->format) == "image/gif");
        BOOST_TEST(picture->width == 340);
        BOOST_TEST(picture->height == 200);
        BOOST_TEST(picture->raster.width == 300);
        int worst = 0;
        for (int y = 0; y < 200; ++y) {
            if (sample().pixel(150, y)[1] < 4) continue;  // transparent
            worst = std::max(
                worst, std::abs(picture->raster.pixel(150, y)[0] - sample().pixel(150, y)[1]));
        }
        BOOST_TEST(worst <= 4);
    }
}

BOOST_AUTO_TEST_CASE(what_is_transparent_becomes_white) {
    const std::uint8_t pixels[] = {10, 20, 30, 255, 10, 20, 30, 0, 0, 0, 0, 128, 255, 0, 0, 255};
    const auto picture = image::read_picture(test::png(pixels, 2, 2, PNG_FORMAT_RGBA));
    BOOST_REQUIRE(picture.ok());
    BOOST_TEST(int(picture->raster.pixel(0, 0)[1]) == 20);
    BOOST_TEST(int(picture->raster.pixel(1, 0)[1]) == 255);
    BOOST_TEST(int(picture->raster.pixel(0, 1)[0]) > 100);
    BOOST_TEST(int(picture->raster.pixel(1, 1)[0]) == 255);
    const auto clear = image::read_picture(test::gif(test::blank(8, 8, {0, 0, 0})));
    BOOST_REQUIRE(clear.ok());
    BOOST_TEST(int(clear->raster.pixel(3, 3)[0]) == 255);
}

BOOST_AUTO_TEST_CASE(large_pictures_are_shrunk_and_thumbnails_more_so) {
    const auto picture = image::read_picture(test::jpeg(test::blank(3000, 1200, {9, 99, 199})));
    BOOST_REQUIRE(picture.ok());
    BOOST_TEST(picture->width == 3000);
    BOOST_TEST(picture->raster.width == image::raster_side_max);
    for (const std::string& file : {test::webp(test::blank(2400, 960, {9, 99, 199})),
                                    test::png(test::blank(2400, 960, {9, 99, 199}))}) {
        const auto other = image::read_picture(file);
        BOOST_REQUIRE(other.ok());
        BOOST_TEST(other->width == 2400);
        BOOST_TEST(other->raster.width == image::raster_side_max);
        BOOST_TEST(other->raster.height == 204);
        BOOST_TEST(std::abs(int(other->raster.pixel(500, 200)[1]) - 99) < 5);
    }
    const auto small = image::read_picture(image::thumbnail(picture->raster));
    BOOST_REQUIRE(small.ok());
    BOOST_TEST(small->width == image::thumbnail_side_max);
    BOOST_TEST(small->height == 102);
    BOOST_TEST(std::abs(int(small->raster.pixel(100, 50)[2]) - 199) < 5);
}

BOOST_AUTO_TEST_CASE(a_thumbnail_holds_nothing_but_pixels) {
    std::string file = test::jpeg(sample());
    // An Exif segment, as cameras put where and when into it.
    file.insert(2, std::string("\xFF\xE1\x00\x16"
                               "Exif\0\0SECRET-PLACE\0\0",
                               24));
    const auto picture = image::read_picture(file);
    BOOST_REQUIRE(picture.ok());
    BOOST_TEST(image::thumbnail(picture->raster).find("SECRET-PLACE") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_no_picture_is_refused_by_name) {
    const std::pair<const char*, ErrorCode> files[] = {
        {"", ErrorCode::bad_image},
        {"x", ErrorCode::bad_image},
        {"%PDF-1.7 and so on", ErrorCode::bad_image},
        {"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
         ErrorCode::bad_image},
        {"  <SVG onload=\"x()\">", ErrorCode::bad_image},
        {"<!DOCTYPE html><title>Are you a robot?</title>", ErrorCode::wrong_document},
        {"\n<HTML><svg/></HTML>", ErrorCode::wrong_document},
        {"RIFF\4\0\0\0WAVE", ErrorCode::bad_image},
        {"BM, as bitmaps begin", ErrorCode::bad_image},
    };
    for (const auto& [file, code] : files)
        check_error(file, code, file);
}

BOOST_AUTO_TEST_CASE(pictures_that_break_off_are_refused_wherever_they_do) {
    for (const std::string& file :
         {test::jpeg(sample()), test::jpeg(sample(), 80, TJFLAG_PROGRESSIVE), test::png(sample()),
          test::webp(sample()), test::gif(sample())}) {
        for (int part = 1; part < 20; ++part) {
            const std::string cut =
                file.substr(0, file.size() * static_cast<std::size_t>(part) / 20);
            const auto picture = image::read_picture(cut);
            BOOST_TEST(!picture.ok(),
                       "the first " << part << " twentieths of " << file.substr(0, 4));
        }
    }
}

BOOST_AUTO_TEST_CASE(pictures_with_broken_bytes_never_do_harm) {
    std::mt19937 random(20261125);
    int refused = 0;
    for (const std::string& file :
         {test::jpeg(sample()), test::jpeg(sample(), 80, TJFLAG_PROGRESSIVE), test::png(sample()),
          test::webp(sample()), test::gif(sample())}) {
        for (int round = 0; round < 60; ++round) {
            std::string broken = file;
            for (int i = 0; i < 6; ++i)
                broken[random() % (round < 30 ? 60U : broken.size())] = static_cast<char>(random());
            refused += image::read_picture(broken).ok() ? 0 : 1;
        }
    }
    BOOST_TEST(refused > 100);
}

BOOST_AUTO_TEST_CASE(too_many_pixels_are_refused_before_any_is_decoded) {
    check_error(png_of_size(50'000, 50'000), ErrorCode::too_large, "a PNG of 2.5 thousand million");
    check_error(png_of_size(16'000, 16'000), ErrorCode::too_large, "too many in all");
    check_error(png_of_size(1'000'000, 1), ErrorCode::too_large, "too long a side");
    check_error(png_of_size(0, 5), ErrorCode::bad_image, "none");

    // The height of a JPEG's frame header, the screen of a GIF, the canvas of a WebP.
    const std::string jpeg = test::jpeg(sample());
    const std::size_t frame = jpeg.find("\xFF\xC0");
    check_error(with_bytes(jpeg, frame + 5, "\x7F\xFF\x7F\xFF"), ErrorCode::too_large, "JPEG");
    check_error(with_bytes(test::gif(sample()), 6, "\xFF\xFF\xFF\xFF"), ErrorCode::too_large,
                "GIF");
    const std::string canvas("VP8X\x0A\0\0\0\0\0\0\0\xFF\xFF\x3F\xFF\xFF\x3F", 18);
    const std::string webp = test::webp(sample());
    std::string wide = "RIFF" + std::string(4, '\0') + "WEBP" + canvas + webp.substr(12);
    const std::size_t size = wide.size() - 8;
    for (unsigned i = 0; i < 4; ++i)
        wide[4 + i] = static_cast<char>(size >> 8 * i & 255U);
    const auto picture = image::read_picture(wide);
    BOOST_TEST(!picture.ok());
}

BOOST_AUTO_TEST_CASE(too_many_bytes_and_too_many_scans_are_refused) {
    std::string large = test::png(sample());
    large.resize(image::picture_bytes_max + 1);
    check_error(large, ErrorCode::too_large, "bytes");

    std::string jpeg = test::jpeg(sample(), 80, TJFLAG_PROGRESSIVE);
    const std::size_t last = jpeg.rfind("\xFF\xDA");
    const std::string scan = jpeg.substr(last, jpeg.size() - 2 - last);
    for (int i = 0; i < image::jpeg_scans_max; ++i)
        jpeg.insert(jpeg.size() - 2, scan);
    check_error(jpeg, ErrorCode::too_large, "scans");
}

BOOST_AUTO_TEST_SUITE_END()
