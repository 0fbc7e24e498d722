#pragma once
// Reads a picture that anybody may have made: its kind from its first bytes, its size before any
// pixel is decoded, only the first frame, and down to a raster no larger than thumbnails and hashes
// need. What is transparent becomes white. Orientation and colour profiles are not looked at. Pure;
// any thread; at most about 7 bytes of memory a pixel, thus 175 MB. Fails with too_large past a
// limit, with bad_image for what is damaged or breaks off, and as sniff does.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/image/format.h"

namespace recall::image {

inline constexpr std::size_t picture_bytes_max = 16U << 20U;
inline constexpr int picture_side_max = 16'384;
inline constexpr long long picture_pixels_max = 25'000'000;
// A progressive JPEG is decoded once a scan; ten are usual.
inline constexpr int jpeg_scans_max = 64;
inline constexpr int raster_side_max = 512;
inline constexpr int thumbnail_side_max = 256;

// Pixels by row, three bytes each: red, green, blue.
struct Raster {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb;

    const std::uint8_t* pixel(int x, int y) const {
        return &rgb[(static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                     static_cast<std::size_t>(x)) *
                    3];
    }
};

struct Picture {
    Format format = Format::jpeg;
    int width = 0;  // of the picture as it came
    int height = 0;
    Raster raster;  // at most raster_side_max on either side
};

Result<Picture> read_picture(std::string_view bytes);

// The raster in a box with that side, every pixel the mean of those it covers. Never enlarges.
Raster shrunk(const Raster& raster, int side_max);

// A JPEG of the pixels alone, at most thumbnail_side_max on either side.
std::string thumbnail(const Raster& raster);

}  // namespace recall::image
