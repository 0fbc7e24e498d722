#include "gateway/ops/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>

#include "gateway/base/failure.h"

namespace recall::ops {
namespace {

constexpr std::size_t chunk_bytes = 1U << 16U;

std::string read_stream(std::istream& stream, std::size_t bytes_max) {
    std::string bytes;
    std::string chunk(chunk_bytes, '\0');
    while (stream && bytes.size() <= bytes_max) {
        const std::size_t wanted = std::min(chunk.size(), bytes_max + 1 - bytes.size());
        stream.read(chunk.data(), static_cast<std::streamsize>(wanted));
        bytes.append(chunk, 0, static_cast<std::size_t>(stream.gcount()));
    }
    return bytes;
}

Failure io_failure(const std::string& path) {
    return Failure(ErrorCode::io, path + ": " + std::strerror(errno));
}

}  // namespace

std::string read_file(const std::string& path, std::size_t bytes_max) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw Failure(ErrorCode::usage, path + " cannot be read");
    std::string bytes = read_stream(file, bytes_max);
    if (file.bad()) throw Failure(ErrorCode::usage, path + " cannot be read");
    return bytes;
}

std::string read_standard_input(std::size_t bytes_max) { return read_stream(std::cin, bytes_max); }

void write_new_file(const std::string& path, std::string_view bytes, FileMode mode) {
    if (::access(path.c_str(), F_OK) == 0) {
        throw Failure(ErrorCode::usage, path + " exists already; it is not replaced");
    }
    const std::string beside = path + ".new";
    const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                            mode == FileMode::secret ? 0600 : 0644);
    if (file < 0) throw io_failure(beside);
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    const bool whole = written == static_cast<ssize_t>(bytes.size()) && ::fsync(file) == 0;
    ::close(file);
    if (!whole || ::rename(beside.c_str(), path.c_str()) != 0) {
        const Failure failure = io_failure(path);
        ::unlink(beside.c_str());
        throw failure;
    }
}

}  // namespace recall::ops
