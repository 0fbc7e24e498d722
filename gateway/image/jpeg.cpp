// JPEG by TurboJPEG, which reports its errors as values: no longjmp crosses our frames.

#include <memory>

#include <turbojpeg.h>

#include "gateway/base/check.h"
#include "gateway/image/decode.h"

namespace recall::image {
namespace {

constexpr int thumbnail_quality = 82;

struct DestroyHandle {
    void operator()(void* handle) const { tjDestroy(handle); }
};
using Handle = std::unique_ptr<void, DestroyHandle>;

struct FreeBytes {
    void operator()(unsigned char* bytes) const { tjFree(bytes); }
};

// Inside of compressed data FF is followed by 00, so this counts scans; those of a preview in the
// metadata too.
int scans(std::string_view bytes) {
    int count = 0;
    for (std::size_t at = bytes.find("\xFF\xDA"); at != std::string_view::npos;
         at = bytes.find("\xFF\xDA", at + 2))
        ++count;
    return count;
}

// The smallest size the decoder can give at once that still fills the raster.
tjscalingfactor scaling(int width, int height) {
    tjscalingfactor best{1, 1};
    for (const int denominator : {2, 4, 8}) {
        const tjscalingfactor factor{1, denominator};
        if (std::max(TJSCALED(width, factor), TJSCALED(height, factor)) >= raster_side_max)
            best = factor;
    }
    return best;
}

// Four inks, inverted as every program that writes them does.
Raster from_inks(const std::vector<std::uint8_t>& inks, int width, int height) {
    Raster out{width, height, {}};
    out.rgb.reserve(inks.size() / 4 * 3);
    for (std::size_t i = 0; i + 3 < inks.size(); i += 4) {
        for (std::size_t ink = 0; ink < 3; ++ink)
            out.rgb.push_back(static_cast<std::uint8_t>(inks[i + ink] * inks[i + 3] / 255));
    }
    return out;
}

}  // namespace

Result<Decoded> decode_jpeg(std::string_view bytes) {
    const Handle handle(tjInitDecompress());
    RECALL_CHECK(handle != nullptr, "TurboJPEG gives a handle unless memory is gone");
    const auto* source = reinterpret_cast<const unsigned char*>(bytes.data());
    Decoded out;
    int subsampling = 0;
    int colours = 0;
    if (tjDecompressHeader3(handle.get(), source, bytes.size(), &out.width, &out.height,
                            &subsampling, &colours) != 0)
        return damaged(tjGetErrorStr2(handle.get()));
    if (const auto fits = check_size(out.width, out.height); !fits) return fits.error();
    if (scans(bytes) > jpeg_scans_max) {
        return Error{ErrorCode::too_large,
                     "the picture has more than " + std::to_string(jpeg_scans_max) + " scans"};
    }
    const tjscalingfactor factor = scaling(out.width, out.height);
    const int width = TJSCALED(out.width, factor);
    const int height = TJSCALED(out.height, factor);
    const bool has_inks = colours == TJCS_CMYK || colours == TJCS_YCCK;
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) *
                                     static_cast<std::size_t>(height) * (has_inks ? 4 : 3));
    // A warning means that bytes are missing or wrong: the hash of half a picture would mislead.
    if (tjDecompress2(handle.get(), source, bytes.size(), pixels.data(), width, 0, height,
                      has_inks ? TJPF_CMYK : TJPF_RGB,
                      TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS) != 0)
        return damaged(tjGetErrorStr2(handle.get()));
    out.raster =
        has_inks ? from_inks(pixels, width, height) : Raster{width, height, std::move(pixels)};
    return out;
}

std::string thumbnail(const Raster& raster) {
    const Raster small = shrunk(raster, thumbnail_side_max);
    const Handle handle(tjInitCompress());
    RECALL_CHECK(handle != nullptr, "TurboJPEG gives a handle unless memory is gone");
    unsigned char* made = nullptr;
    unsigned long size = 0;
    const int failed = tjCompress2(handle.get(), small.rgb.data(), small.width, 0, small.height,
                                   TJPF_RGB, &made, &size, TJSAMP_420, thumbnail_quality, 0);
    const std::unique_ptr<unsigned char, FreeBytes> owner(made);
    RECALL_CHECK(failed == 0, "any raster can be compressed");
    return {reinterpret_cast<const char*>(made), size};
}

}  // namespace recall::image
