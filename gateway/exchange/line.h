#pragma once
// The way to a partner's endpoint. One Line may be used by one thread at a time.

#include <string>
#include <string_view>

#include "gateway/base/clock.h"
#include "gateway/base/result.h"
#include "gateway/model/partner.h"

namespace recall::exchange {

struct LineReply {
    int status = 0;
    std::string media_type;
    std::string body;
};

class Line {
  public:
    virtual ~Line() = default;
    // What the endpoint answered, whatever the status. Fails with unreachable, timed_out, tls,
    // truncated or too_large: then nobody knows whether the message arrived.
    virtual Result<LineReply> post(const model::Partner& partner, std::string_view media_type,
                                   std::string_view body, Instant now) = 0;
};

}  // namespace recall::exchange
