#pragma once
// Pictures that tests draw themselves, and the files that they make of them. One thread.

#include <gif_lib.h>
#include <png.h>
#include <turbojpeg.h>
#include <webp/encode.h>

#include <algorithm>
#include <random>
#include <string>

#include "gateway/image/picture.h"

namespace recall::test {

using image::Raster;

struct Colour {
    int red = 0;
    int green = 0;
    int blue = 0;
};

inline void paint(Raster& on, int x, int y, Colour colour) {
    if (x < 0 || y < 0 || x >= on.width || y >= on.height) return;
    auto* pixel = const_cast<std::uint8_t*>(on.pixel(x, y));
    pixel[0] = static_cast<std::uint8_t>(std::clamp(colour.red, 0, 255));
    pixel[1] = static_cast<std::uint8_t>(std::clamp(colour.green, 0, 255));
    pixel[2] = static_cast<std::uint8_t>(std::clamp(colour.blue, 0, 255));
}

inline Raster blank(int width, int height, Colour colour = {255, 255, 255}) {
    Raster out{width, height, {}};
    out.rgb.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x)
            paint(out, x, y, colour);
    }
    return out;
}

enum class Ground { white, gradient };

// A thing like those that are sold: a few shapes in the middle and some lines like print, on a
// white ground or on one that changes. Each seed gives another one.
inline Raster drawing(unsigned seed, Ground ground, int width = 600, int height = 480) {
    std::mt19937 random(seed);
    const auto any = [&](int least, int most) {
        return least + static_cast<int>(random() % static_cast<unsigned>(most - least + 1));
    };
    Raster out = blank(width, height);
    if (ground == Ground::gradient) {
        const Colour from{any(60, 250), any(60, 250), any(60, 250)};
        const int across = any(-90, 90);
        const int down = any(-90, 90);
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                const int more = across * x / width + down * y / height;
                paint(out, x, y, {from.red + more, from.green + more, from.blue + more});
            }
        }
    }
    for (int shape = any(3, 6); shape > 0; --shape) {
        const Colour colour{any(0, 230), any(0, 230), any(0, 230)};
        const int middle_x = any(width / 5, width * 4 / 5);
        const int middle_y = any(height / 5, height * 4 / 5);
        const int radius_x = any(width / 16, width / 4);
        const int radius_y = any(height / 16, height / 4);
        const bool is_round = any(0, 1) == 1;
        for (int y = -radius_y; y <= radius_y; ++y) {
            for (int x = -radius_x; x <= radius_x; ++x) {
                const double a = double(x) / radius_x;
                const double b = double(y) / radius_y;
                if (!is_round || a * a + b * b <= 1) paint(out, middle_x + x, middle_y + y, colour);
            }
        }
    }
    for (int line = any(1, 4); line > 0; --line) {
        const int top = any(height / 8, height * 7 / 8);
        const int left = any(width / 8, width / 2);
        const Colour ink{any(0, 60), any(0, 60), any(0, 60)};
        for (int letter = any(4, 16); letter > 0; --letter) {
            for (int y = 0; y < height / 24; ++y) {
                for (int x = 0; x < width / 60; ++x)
                    paint(out, left + letter * width / 40 + x, top + y, ink);
            }
        }
    }
    return out;
}

// By bilinear interpolation, as programs scale up and a little down.
inline Raster scaled(const Raster& from, int width, int height) {
    Raster out = blank(width, height);
    for (int y = 0; y < height; ++y) {
        const double at_y =
            std::clamp((y + 0.5) * from.height / height - 0.5, 0.0, double(from.height - 1));
        const int row = std::min(int(at_y), from.height - 2);
        for (int x = 0; x < width; ++x) {
            const double at_x =
                std::clamp((x + 0.5) * from.width / width - 0.5, 0.0, double(from.width - 1));
            const int column = std::min(int(at_x), from.width - 2);
            const auto mixed = [&](int colour) {
                const auto value = [&](int dx, int dy) {
                    return double(from.pixel(column + dx, row + dy)[colour]);
                };
                const double upper = value(0, 0) + (at_x - column) * (value(1, 0) - value(0, 0));
                const double lower = value(0, 1) + (at_x - column) * (value(1, 1) - value(0, 1));
                return int(upper + (at_y - row) * (lower - upper) + 0.5);
            };
            paint(out, x, y, {mixed(0), mixed(1), mixed(2)});
        }
    }
    return out;
}

inline Raster brightened(const Raster& from, double factor, int more) {
    Raster out = from;
    for (std::uint8_t& value : out.rgb)
        value = static_cast<std::uint8_t>(std::clamp(int(value * factor) + more, 0, 255));
    return out;
}

inline std::string jpeg(const Raster& raster, int quality = 85, int flags = 0) {
    const tjhandle handle = tjInitCompress();
    unsigned char* made = nullptr;
    unsigned long size = 0;
    tjCompress2(handle, raster.rgb.data(), raster.width, 0, raster.height, TJPF_RGB, &made, &size,
                TJSAMP_420, quality, flags);
    std::string out(reinterpret_cast<const char*>(made), size);
    tjFree(made);
    tjDestroy(handle);
    return out;
}

inline std::string png(const void* pixels, int width, int height, unsigned format) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(width);
    image.height = static_cast<png_uint_32>(height);
    image.format = format;
    png_alloc_size_t size = 0;
    png_image_write_get_memory_size(image, size, 0, pixels, 0, nullptr);
    std::string out(size, '\0');
    png_image_write_to_memory(&image, out.data(), &size, 0, pixels, 0, nullptr);
    out.resize(size);
    return out;
}

inline std::string png(const Raster& raster) {
    return png(raster.rgb.data(), raster.width, raster.height, PNG_FORMAT_RGB);
}

inline std::string webp(const Raster& raster, float quality = 80) {
    std::uint8_t* made = nullptr;
    const std::size_t size = WebPEncodeRGB(raster.rgb.data(), raster.width, raster.height,
                                           raster.width * 3, quality, &made);
    std::string out(reinterpret_cast<const char*>(made), size);
    WebPFree(made);
    return out;
}

struct GifForm {
    bool is_interlaced = false;
    int left = 0;  // of the frame in the picture
    int frames = 1;
};

// Grey in 64 steps; colour 0 is transparent.
inline std::string gif(const Raster& raster, const GifForm& form = {}) {
    std::string out;
    const auto write = [](GifFileType* file, const GifByteType* bytes, int size) {
        static_cast<std::string*>(file->UserData)
            ->append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
        return size;
    };
    int error = 0;
    GifFileType* file = EGifOpen(&out, write, &error);
    ColorMapObject* colours = GifMakeMapObject(64, nullptr);
    for (int i = 0; i < 64; ++i) {
        const auto grey = static_cast<GifByteType>(i * 255 / 63);
        colours->Colors[i] = {grey, grey, grey};
    }
    EGifSetGifVersion(file, true);
    EGifPutScreenDesc(file, raster.width + form.left, raster.height, 6, 0, colours);
    const unsigned char control[4] = {1, 0, 0, 0};  // transparent: colour 0
    for (int frame = 0; frame < form.frames; ++frame) {
        EGifPutExtension(file, GRAPHICS_EXT_FUNC_CODE, sizeof control, control);
        EGifPutImageDesc(file, form.left, 0, raster.width, raster.height, form.is_interlaced,
                         nullptr);
        const int passes = form.is_interlaced ? 4 : 1;
        const int starts[] = {0, 4, 2, 1};
        const int steps[] = {8, 8, 4, 2};
        for (int pass = 0; pass < passes; ++pass) {
            for (int y = form.is_interlaced ? starts[pass] : 0; y < raster.height;
                 y += form.is_interlaced ? steps[pass] : 1) {
                std::string line;
                for (int x = 0; x < raster.width; ++x)
                    line += static_cast<char>(raster.pixel(x, y)[1] / 4);
                EGifPutLine(file, reinterpret_cast<GifPixelType*>(line.data()), raster.width);
            }
        }
    }
    EGifCloseFile(file, &error);
    GifFreeMapObject(colours);
    return out;
}

}  // namespace recall::test
