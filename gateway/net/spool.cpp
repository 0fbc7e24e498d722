#include "gateway/net/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "gateway/base/failure.h"

namespace recall::net {
namespace {

[[noreturn]] void fail(const std::string& where) {
    throw Failure(ErrorCode::io, "spool_folder, " + where + ": " + std::strerror(errno));
}

}  // namespace

SpoolFile::~SpoolFile() { unlink(path_.c_str()); }

Spool::Spool(const std::string& folder, std::size_t bytes_max) : bytes_max_(bytes_max) {
    std::string path = folder + "/body-XXXXXX";
    descriptor_ = mkostemp(path.data(), O_CLOEXEC);  // readable by us only
    if (descriptor_ < 0) fail(folder);
    file_ = std::make_shared<SpoolFile>(path);
}

Spool::~Spool() {
    if (descriptor_ >= 0) close(descriptor_);
}

Result<void> Spool::write(std::string_view bytes) {
    if (bytes.size() > bytes_max_ - bytes_) {
        return Error{ErrorCode::too_large,
                     "the body has more than " + std::to_string(bytes_max_) + " bytes"};
    }
    bytes_ += bytes.size();
    head_ += bytes.substr(0, fetched_head_bytes - head_.size());
    hash_.update(bytes);
    while (!bytes.empty()) {
        const auto written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) fail(file_->path());
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

void Spool::finish_into(Fetched& fetched) {
    if (close(std::exchange(descriptor_, -1)) != 0) fail(file_->path());
    fetched.body = std::move(file_);
    fetched.bytes = bytes_;
    fetched.sha256 = hash_.hex();
    fetched.head = std::move(head_);
}

}  // namespace recall::net
