#include "gateway/base/byte_source.h"

#include <algorithm>
#include <cstdio>
#include <memory>

#include "gateway/base/failure.h"

namespace recall {
ByteSource bytes_source(std::string_view bytes) {
    return [bytes](std::span<char> buffer) mutable {
        const std::size_t size = std::min(buffer.size(), bytes.size());
        std::copy_n(bytes.data(), size, buffer.data());
        bytes.remove_prefix(size);
        return size;
    };
}

ByteSource file_source(const std::string& path) {
    const std::shared_ptr<std::FILE> file(std::fopen(path.c_str(), "rb"), [](std::FILE* open) {
        if (open != nullptr) std::fclose(open);
    });
    if (!file) throw Failure(ErrorCode::io, "cannot open " + path);
    return [file, path](std::span<char> buffer) {
        const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), file.get());
        if (size == 0 && std::ferror(file.get()) != 0) {
            throw Failure(ErrorCode::io, "cannot read " + path);
        }
        return size;
    };
}

}  // namespace recall
