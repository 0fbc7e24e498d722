#include "gateway/store/compression.h"

#include "gateway/base/failure.h"

#include <zstd.h>

#include <memory>

namespace recall::store {
namespace {

constexpr int compression_level = 3;

struct FreeCompressor {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

ZSTD_CCtx* compressor() {
    thread_local const std::unique_ptr<ZSTD_CCtx, FreeCompressor> context = [] {
        std::unique_ptr<ZSTD_CCtx, FreeCompressor> made(ZSTD_createCCtx());
        ZSTD_CCtx_setParameter(made.get(), ZSTD_c_compressionLevel, compression_level);
        ZSTD_CCtx_setParameter(made.get(), ZSTD_c_checksumFlag, 1);
        return made;
    }();
    return context.get();
}

}  // namespace

std::string compressed(std::string_view bytes) {
    std::string frame(ZSTD_compressBound(bytes.size()), '\0');
    const std::size_t size =
        ZSTD_compress2(compressor(), frame.data(), frame.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(size)) {
        throw Failure(ErrorCode::internal,
                      std::string("bytes could not be compressed: ") + ZSTD_getErrorName(size));
    }
    frame.resize(size);
    return frame;
}

std::string decompressed(std::string_view frame, std::size_t bytes) {
    std::string out(bytes, '\0');
    const std::size_t size = ZSTD_decompress(out.data(), out.size(), frame.data(), frame.size());
    if (ZSTD_isError(size) || size != bytes) {
        throw Failure(ErrorCode::database, "stored bytes are damaged; restore them from a backup");
    }
    return out;
}

}  // namespace recall::store
