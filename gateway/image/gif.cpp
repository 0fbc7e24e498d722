// GIF by giflib, record by record, so that only the first frame is ever held.

#include <cstring>
#include <memory>
#include <optional>

#include <gif_lib.h>

#include "gateway/image/decode.h"

namespace recall::image {
namespace {

struct Input {
    std::string_view rest;
};

int read_some(GifFileType* file, GifByteType* into, int size) {
    auto& input = *static_cast<Input*>(file->UserData);
    const std::size_t count = std::min(static_cast<std::size_t>(size), input.rest.size());
    std::memcpy(into, input.rest.data(), count);
    input.rest.remove_prefix(count);
    return static_cast<int>(count);
}

struct CloseFile {
    void operator()(GifFileType* file) const {
        // Its memory is freed whatever it says, and nothing was written.
        static_cast<void>(DGifCloseFile(file, nullptr));
    }
};

Error gif_error(int code) {
    const char* text = GifErrorString(code);
    return damaged(text == nullptr ? "it breaks off" : text);
}

// The transparent colour's number, when the extension names one.
Result<std::optional<int>> read_extension(GifFileType& file) {
    int code = 0;
    GifByteType* block = nullptr;
    std::optional<int> transparent;
    if (DGifGetExtension(&file, &code, &block) == GIF_ERROR) return gif_error(file.Error);
    while (block != nullptr) {
        GraphicsControlBlock control{};
        if (code == GRAPHICS_EXT_FUNC_CODE &&
            DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK &&
            control.TransparentColor != NO_TRANSPARENT_COLOR)
            transparent = control.TransparentColor;
        if (DGifGetExtensionNext(&file, &block) == GIF_ERROR) return gif_error(file.Error);
    }
    return transparent;
}

// The rows of an interlaced picture come in four passes.
std::vector<int> row_order(const GifImageDesc& frame) {
    std::vector<int> rows;
    constexpr int starts[] = {0, 4, 2, 1};
    constexpr int steps[] = {8, 8, 4, 2};
    for (int pass = 0; pass < (frame.Interlace ? 4 : 1); ++pass) {
        const int step = frame.Interlace ? steps[pass] : 1;
        for (int row = frame.Interlace ? starts[pass] : 0; row < frame.Height; row += step)
            rows.push_back(row);
    }
    return rows;
}

Result<Decoded> read_frame(GifFileType& file, std::optional<int> transparent) {
    if (DGifGetImageDesc(&file) == GIF_ERROR) return gif_error(file.Error);
    const GifImageDesc& frame = file.Image;
    if (const auto fits = check_size(frame.Width, frame.Height); !fits) return fits.error();
    const ColorMapObject* colours = frame.ColorMap != nullptr ? frame.ColorMap : file.SColorMap;
    if (colours == nullptr) return damaged("it has no colours");
    Decoded out{file.SWidth, file.SHeight, white(frame.Width, frame.Height)};
    std::vector<GifPixelType> line(static_cast<std::size_t>(frame.Width));
    for (const int row : row_order(frame)) {
        if (DGifGetLine(&file, line.data(), frame.Width) == GIF_ERROR) return gif_error(file.Error);
        std::uint8_t* into = &out.raster.rgb[static_cast<std::size_t>(row) * line.size() * 3];
        for (const GifPixelType pixel : line) {
            if (pixel < colours->ColorCount && pixel != transparent) {
                const GifColorType& colour = colours->Colors[pixel];
                into[0] = colour.Red;
                into[1] = colour.Green;
                into[2] = colour.Blue;
            }
            into += 3;
        }
    }
    return out;
}

}  // namespace

Result<Decoded> decode_gif(std::string_view bytes) {
    Input input{bytes};
    int error = 0;
    const std::unique_ptr<GifFileType, CloseFile> file(DGifOpen(&input, read_some, &error));
    if (!file) return gif_error(error);
    if (const auto fits = check_size(file->SWidth, file->SHeight); !fits) return fits.error();
    std::optional<int> transparent;
    for (;;) {
        GifRecordType record = UNDEFINED_RECORD_TYPE;
        if (DGifGetRecordType(file.get(), &record) == GIF_ERROR) return gif_error(file->Error);
        if (record == IMAGE_DESC_RECORD_TYPE) return read_frame(*file, transparent);
        if (record != EXTENSION_RECORD_TYPE) return damaged("it ends without a frame");
        const Result<std::optional<int>> named = read_extension(*file);
        if (!named) return named.error();
        if (*named) transparent = *named;
    }
}

}  // namespace recall::image
