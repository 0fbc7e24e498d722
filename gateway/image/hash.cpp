#include "gateway/image/hash.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace recall::image {
namespace {

constexpr int grid = 32;       // of grey values that the waves are found in
constexpr int waves_side = 8;  // of them that are kept
constexpr int slope_rows = 8;
constexpr int slope_columns = 9;
// Less is what compression makes of a plain ground.
constexpr double slope_min = 2;

template <int width, int height>
using Grey = std::array<std::array<double, width>, height>;

double brightness(const std::uint8_t* pixel) {
    return 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];  // ITU-R BT.601
}

// How much of the pixel from `at` to `at + 1` lies between the two.
double overlap(int at, double from, double to) {
    return std::max(0.0, std::min(to, at + 1.0) - std::max(from, double(at)));
}

// Every value the mean over its part of the picture, pixels cut by its edge counting in part, so
// that the same picture in another size has the same values.
template <int width, int height>
Grey<width, height> grey_values(const Raster& raster) {
    std::vector<std::array<double, width>> rows(static_cast<std::size_t>(raster.height));
    const double step_x = double(raster.width) / width;
    const double step_y = double(raster.height) / height;
    for (int y = 0; y < raster.height; ++y) {
        for (int cell = 0; cell < width; ++cell) {
            const double from = cell * step_x;
            const double to = from + step_x;
            double sum = 0;
            for (int x = int(from); x < raster.width && x < to; ++x)
                sum += overlap(x, from, to) * brightness(raster.pixel(x, y));
            rows[static_cast<std::size_t>(y)][static_cast<std::size_t>(cell)] = sum / step_x;
        }
    }
    Grey<width, height> out{};
    for (int cell = 0; cell < height; ++cell) {
        const double from = cell * step_y;
        const double to = from + step_y;
        for (int y = int(from); y < raster.height && y < to; ++y) {
            const double part = overlap(y, from, to) / step_y;
            for (std::size_t x = 0; x < width; ++x)
                out[static_cast<std::size_t>(cell)][x] +=
                    part * rows[static_cast<std::size_t>(y)][x];
        }
    }
    return out;
}

using Square = Grey<grid, grid>;

double contrast(const Square& grey) {
    double sum = 0;
    double squares = 0;
    for (const auto& row : grey) {
        for (const double value : row) {
            sum += value;
            squares += value * value;
        }
    }
    constexpr double count = grid * grid;
    const double mean = sum / count;
    return std::sqrt(std::max(0.0, squares / count - mean * mean));
}

// Row `wave` of the cosine transform, for positions 0 to grid - 1.
std::array<double, grid> cosines(int wave) {
    std::array<double, grid> out{};
    for (int i = 0; i < grid; ++i)
        out[static_cast<std::size_t>(i)] = std::cos(std::numbers::pi / grid * (i + 0.5) * wave);
    return out;
}

// Zauner 3.2.1, steps 4 to 6: the coefficients (1,1) to (8,8), then one bit each.
std::uint64_t waves_of(const Square& grey) {
    std::array<double, waves_side * waves_side> waves{};
    std::size_t at = 0;
    for (int v = 1; v <= waves_side; ++v) {
        const auto down = cosines(v);
        std::array<double, grid> columns{};
        for (std::size_t y = 0; y < grid; ++y) {
            for (std::size_t x = 0; x < grid; ++x)
                columns[x] += down[y] * grey[y][x];
        }
        for (int u = 1; u <= waves_side; ++u) {
            const auto across = cosines(u);
            double sum = 0;
            for (std::size_t x = 0; x < grid; ++x)
                sum += across[x] * columns[x];
            waves[at++] = sum;
        }
    }
    auto sorted = waves;
    std::ranges::sort(sorted);
    const double median = (sorted[31] + sorted[32]) / 2;
    std::uint64_t bits = 0;
    for (const double wave : waves)
        bits = bits << 1U | (wave > median ? 1U : 0U);
    return bits;
}

std::uint64_t slopes_of(const Raster& raster) {
    const auto grey = grey_values<slope_columns, slope_rows>(raster);
    std::uint64_t bits = 0;
    for (const auto& row : grey) {
        for (std::size_t x = 1; x < slope_columns; ++x)
            bits = bits << 1U | (row[x] > row[x - 1] + slope_min ? 1U : 0U);
    }
    return bits;
}

}  // namespace

std::optional<model::PictureHash> picture_hash(const Raster& raster) {
    const Square grey = grey_values<grid, grid>(raster);
    if (contrast(grey) < contrast_min) return std::nullopt;
    return model::PictureHash{waves_of(grey), slopes_of(raster)};
}

}  // namespace recall::image
