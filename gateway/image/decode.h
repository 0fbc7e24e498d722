#pragma once
// Inside of picture.h: one function a library, each in its own file, none of which sees bytes that
// sniff() took for another kind. They check the size before they decode. Pure; any thread.

#include "gateway/image/picture.h"

namespace recall::image {

// A picture of some kind before it is shrunk: three bytes a pixel, or four with alpha.
struct Decoded {
    int width = 0;  // of the picture as it came
    int height = 0;
    Raster raster;  // decoders that can scale have done so
};

Result<Decoded> decode_jpeg(std::string_view bytes);
Result<Decoded> decode_png(std::string_view bytes);
Result<Decoded> decode_gif(std::string_view bytes);
Result<Decoded> decode_webp(std::string_view bytes);

// Fails with too_large, or with bad_image for a size that is none.
Result<void> check_size(long long width, long long height);

// A raster of that size, all white. The size was checked.
Raster white(int width, int height);

// The part of the colour that shows on white.
inline std::uint8_t on_white(unsigned colour, unsigned alpha) {
    return static_cast<std::uint8_t>((colour * alpha + 255 * (255 - alpha) + 127) / 255);
}

Error damaged(const std::string& what);

}  // namespace recall::image
