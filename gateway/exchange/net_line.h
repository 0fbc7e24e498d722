#pragma once
// A Line over HTTPS with mutual TLS: we show our certificate, the partner's must be one pinned in
// the registry. One thread.

#include "gateway/exchange/line.h"
#include "gateway/net/courier.h"

namespace recall::exchange {

class NetLine final : public Line {
  public:
    explicit NetLine(net::CourierOptions options) : courier_(std::move(options)) {}

    Result<LineReply> post(const model::Partner& partner, std::string_view media_type,
                           std::string_view body, Instant now) override;

  private:
    net::Courier courier_;
};

}  // namespace recall::exchange
