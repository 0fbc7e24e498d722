#include "gateway/image/picture.h"

#include <algorithm>

#include "gateway/image/decode.h"

namespace recall::image {
namespace {

Result<Decoded> decoded(Format format, std::string_view bytes) {
    switch (format) {
        case Format::jpeg:
            return decode_jpeg(bytes);
        case Format::png:
            return decode_png(bytes);
        case Format::gif:
            return decode_gif(bytes);
        case Format::webp:
            return decode_webp(bytes);
    }
    return damaged("no such format");
}

// The first of the source's pixels that the i-th of `parts` covers.
int begin_of(int i, int parts, int size) {
    return static_cast<int>(static_cast<long long>(i) * size / parts);
}

}  // namespace

Result<void> check_size(long long width, long long height) {
    if (width <= 0 || height <= 0) return damaged("it has no pixels");
    if (width <= picture_side_max && height <= picture_side_max &&
        width * height <= picture_pixels_max)
        return {};
    return Error{ErrorCode::too_large, "the picture has " + std::to_string(width) + " by " +
                                           std::to_string(height) + " pixels; at most " +
                                           std::to_string(picture_pixels_max) + " are decoded, " +
                                           std::to_string(picture_side_max) + " on a side"};
}

Raster white(int width, int height) {
    Raster out{width, height, {}};
    out.rgb.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3, 255);
    return out;
}

Error damaged(const std::string& what) {
    return {ErrorCode::bad_image, "the picture cannot be decoded: " + what};
}

Result<Picture> read_picture(std::string_view bytes) {
    if (bytes.size() > picture_bytes_max) {
        return Error{ErrorCode::too_large,
                     "the picture has more than " + std::to_string(picture_bytes_max) + " bytes"};
    }
    const Result<Format> format = sniff(bytes);
    if (!format) return format.error();
    const Result<Decoded> full = decoded(*format, bytes);
    if (!full) return full.error();
    return Picture{*format, full->width, full->height, shrunk(full->raster, raster_side_max)};
}

Raster shrunk(const Raster& raster, int side_max) {
    const int side = std::max(raster.width, raster.height);
    if (side <= side_max) return raster;
    const auto scaled = [&](int size) {
        return std::max(1, static_cast<int>(static_cast<long long>(size) * side_max / side));
    };
    Raster out{scaled(raster.width), scaled(raster.height), {}};
    out.rgb.reserve(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height) * 3);
    for (int y = 0; y < out.height; ++y) {
        const int top = begin_of(y, out.height, raster.height);
        const int bottom = begin_of(y + 1, out.height, raster.height);
        for (int x = 0; x < out.width; ++x) {
            const int left = begin_of(x, out.width, raster.width);
            const int right = begin_of(x + 1, out.width, raster.width);
            long long sums[3] = {};
            for (int row = top; row < bottom; ++row) {
                const std::uint8_t* pixel = raster.pixel(left, row);
                for (int column = left; column < right; ++column, pixel += 3) {
                    for (int colour = 0; colour < 3; ++colour)
                        sums[colour] += pixel[colour];
                }
            }
            const long long count = static_cast<long long>(bottom - top) * (right - left);
            for (const long long sum : sums)
                out.rgb.push_back(static_cast<std::uint8_t>((sum + count / 2) / count));
        }
    }
    return out;
}

}  // namespace recall::image
