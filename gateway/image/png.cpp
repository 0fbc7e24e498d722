// PNG by libpng's simplified reader, which reports its errors as values.

#include <memory>

#include <png.h>

#include "gateway/image/decode.h"

namespace recall::image {
namespace {

struct FreeImage {
    void operator()(png_image* image) const { png_image_free(image); }
};

}  // namespace

Result<Decoded> decode_png(std::string_view bytes) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    const std::unique_ptr<png_image, FreeImage> owner(&image);
    if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0)
        return damaged(image.message);
    if (const auto fits = check_size(image.width, image.height); !fits) return fits.error();
    Decoded out;
    out.width = static_cast<int>(image.width);
    out.height = static_cast<int>(image.height);
    image.format = PNG_FORMAT_RGB;
    out.raster = white(out.width, out.height);
    const png_color background{255, 255, 255};
    if (png_image_finish_read(&image, &background, out.raster.rgb.data(), 0, nullptr) == 0)
        return damaged(image.message);
    return out;
}

}  // namespace recall::image
