// WebP by libwebp; of an animation the first frame.

#include <algorithm>
#include <memory>

#include <webp/decode.h>
#include <webp/demux.h>

#include "gateway/image/decode.h"

namespace recall::image {
namespace {

// The decoder scales to it as it goes, so that no second picture of full size is held.
constexpr int scaled_side = 2 * raster_side_max;

struct DeleteDemuxer {
    void operator()(WebPDemuxer* demuxer) const { WebPDemuxDelete(demuxer); }
};

struct FreeBuffer {
    void operator()(WebPDecBuffer* buffer) const { WebPFreeDecBuffer(buffer); }
};

Result<Raster> decode_frame(const WebPData& frame) {
    WebPDecoderConfig config;
    if (WebPInitDecoderConfig(&config) == 0) return damaged("another libwebp than at build time");
    if (WebPGetFeatures(frame.bytes, frame.size, &config.input) != VP8_STATUS_OK)
        return damaged("its WebP header is wrong");
    if (const auto fits = check_size(config.input.width, config.input.height); !fits)
        return fits.error();
    int width = config.input.width;
    int height = config.input.height;
    if (const int side = std::max(width, height); side > scaled_side) {
        width = std::max(1, width * scaled_side / side);
        height = std::max(1, height * scaled_side / side);
        config.options.use_scaling = 1;
        config.options.scaled_width = width;
        config.options.scaled_height = height;
    }
    config.output.colorspace = MODE_RGBA;
    const std::unique_ptr<WebPDecBuffer, FreeBuffer> owner(&config.output);
    if (WebPDecode(frame.bytes, frame.size, &config) != VP8_STATUS_OK)
        return damaged("its WebP data is wrong or breaks off");
    Raster out = white(width, height);
    auto* into = out.rgb.data();
    for (int y = 0; y < height; ++y) {
        const std::uint8_t* pixel = config.output.u.RGBA.rgba +
                                    static_cast<std::ptrdiff_t>(y) * config.output.u.RGBA.stride;
        for (int x = 0; x < width; ++x, pixel += 4) {
            for (int colour = 0; colour < 3; ++colour)
                *into++ = on_white(pixel[colour], pixel[3]);
        }
    }
    return out;
}

}  // namespace

Result<Decoded> decode_webp(std::string_view bytes) {
    const WebPData data{reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
    const std::unique_ptr<WebPDemuxer, DeleteDemuxer> demuxer(WebPDemux(&data));
    if (!demuxer) return damaged("its WebP container is wrong or breaks off");
    Decoded out;
    const auto width = WebPDemuxGetI(demuxer.get(), WEBP_FF_CANVAS_WIDTH);
    const auto height = WebPDemuxGetI(demuxer.get(), WEBP_FF_CANVAS_HEIGHT);
    if (const auto fits = check_size(width, height); !fits) return fits.error();
    out.width = static_cast<int>(width);
    out.height = static_cast<int>(height);
    WebPIterator frame{};
    if (WebPDemuxGetFrame(demuxer.get(), 1, &frame) == 0) return damaged("it has no frame");
    Result<Raster> raster = decode_frame(frame.fragment);
    WebPDemuxReleaseIterator(&frame);
    if (!raster) return raster.error();
    out.raster = *std::move(raster);
    return out;
}

}  // namespace recall::image
