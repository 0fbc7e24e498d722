#include "gateway/base/byte_source.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <vector>

#include "gateway/base/failure.h"

namespace recall {
namespace {

using File = std::shared_ptr<std::FILE>;

void close_file(std::FILE* file) {
    if (file != nullptr) std::fclose(file);
}

File spooled(const std::string& path, std::uint64_t bytes_max) {
    const ByteSource source = file_source(path);
    File file(std::tmpfile(), close_file);
    if (!file) throw Failure(ErrorCode::io, "no temporary file for " + path);
    std::vector<char> buffer(1U << 20U);
    std::uint64_t bytes = 0;
    for (std::size_t size = source(buffer); size > 0; size = source(buffer)) {
        bytes += size;
        if (bytes > bytes_max) {
            throw Failure(ErrorCode::limit, path + " gives more than " + std::to_string(bytes_max) +
                                                " bytes; save it as a file first");
        }
        if (std::fwrite(buffer.data(), 1, size, file.get()) != size)
            throw Failure(ErrorCode::io, "the temporary file for " + path + " is full");
    }
    if (std::fflush(file.get()) != 0)
        throw Failure(ErrorCode::io, "the temporary file for " + path + " is full");
    return file;
}

// Several sources may share the file: each goes back to its own place.
ByteSource source_of(const File& file, const std::string& path) {
    return [file, path, at = off_t(0)](std::span<char> buffer) mutable {
        const bool is_there = ::fseeko(file.get(), at, SEEK_SET) == 0;
        const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), file.get());
        if (!is_there || (size == 0 && std::ferror(file.get()) != 0))
            throw Failure(ErrorCode::io, "cannot read the temporary file for " + path);
        at += off_t(size);
        return size;
    };
}

}  // namespace

ByteSource bytes_source(std::string_view bytes) {
    return [bytes](std::span<char> buffer) mutable {
        const std::size_t size = std::min(buffer.size(), bytes.size());
        std::copy_n(bytes.data(), size, buffer.data());
        bytes.remove_prefix(size);
        return size;
    };
}

ByteSource file_source(const std::string& path) {
    const File file(std::fopen(path.c_str(), "rb"), close_file);
    if (!file) throw Failure(ErrorCode::io, "cannot open " + path);
    return [file, path](std::span<char> buffer) {
        const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), file.get());
        if (size == 0 && std::ferror(file.get()) != 0) {
            throw Failure(ErrorCode::io, "cannot read " + path);
        }
        return size;
    };
}

std::function<ByteSource()> repeatable_source(const std::string& path, std::uint64_t bytes_max) {
    std::error_code error;
    const auto kind = std::filesystem::status(path, error).type();
    using std::filesystem::file_type;
    const bool is_once = kind == file_type::fifo || kind == file_type::character ||
                         kind == file_type::socket || kind == file_type::block;
    if (!is_once) return [path] { return file_source(path); };
    return [file = spooled(path, bytes_max), path] { return source_of(file, path); };
}

}  // namespace recall
