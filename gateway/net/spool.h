#pragma once
// Where a body goes while it is received: a file of its own, its hash and its first bytes. The file
// is gone again unless the body is taken. One thread. Fails with too_large; throws Failure (io)
// when the disk does not take it.

#include <memory>
#include <string>
#include <string_view>

#include "gateway/crypto/digest.h"
#include "gateway/net/fetch.h"

namespace recall::net {

class Spool {
  public:
    Spool(const std::string& folder, std::size_t bytes_max);
    ~Spool();
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;

    Result<void> write(std::string_view bytes);
    // Ends the file and fills in body, bytes, sha256 and head.
    void finish_into(Fetched& fetched);

  private:
    std::size_t bytes_max_;
    std::shared_ptr<const SpoolFile> file_;
    int descriptor_ = -1;
    std::size_t bytes_ = 0;
    std::string head_;
    crypto::Sha256 hash_;
};

}  // namespace recall::net
