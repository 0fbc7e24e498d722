#pragma once
// Posts to a partner over mutual TLS and reads the whole answer, strictly (HTTP/1.1 with a stated
// Content-Length). The server must have a certificate that the authorities vouch for, that names
// the host and that is pinned: all three, checked before a byte of the message goes out. The
// connection is kept for the next post. One thread. Fails with unreachable, timed_out, tls,
// truncated, too_large, wrong_document, or bad_value for a URL that is none.

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"
#include "gateway/crypto/tls.h"

namespace recall::net {

struct CourierOptions {
    crypto::TlsIdentity identity;              // what we show
    std::string authority_file;                // who issues the servers' certificates
    std::chrono::milliseconds timeout{30000};  // of one post, from connecting to the last byte
    std::size_t reply_bytes_max = 1U << 20U;
};

struct Letter {
    std::string_view url;
    std::string_view media_type;
    std::string_view body;
    const std::vector<std::string>& pinned_certificates;
};

struct CourierReply {
    int status = 0;
    std::string media_type;
    std::string body;
};

class Courier {
  public:
    explicit Courier(CourierOptions options);
    ~Courier();
    Courier(const Courier&) = delete;
    Courier& operator=(const Courier&) = delete;

    Result<CourierReply> post(const Letter& letter);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace recall::net
