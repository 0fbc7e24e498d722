#pragma once
// A whole gateway of the exchange inside the test: its store, its server with TLS on loopback, its
// inbox and its delivery over mutual TLS. It can be cut off in the middle and started again on the
// same data. One thread besides the server's own.

#include <functional>
#include <memory>
#include <string>

#include "gateway/exchange/net_line.h"
#include "gateway/exchange/service.h"
#include "gateway/http/api.h"
#include "gateway/http/server.h"
#include "tests/support/exchange.h"
#include "tests/support/pki.h"
#include "tests/support/postgres.h"
#include "tests/support/temp_folder.h"

namespace recall::test {

// The real line, whose replies can get lost after the other side has committed.
class LossyLine final : public exchange::Line {
  public:
    explicit LossyLine(net::CourierOptions options) : inner_(std::move(options)) {}
    // Whether the reply to the n-th post (from 1) is lost.
    void lose(std::function<bool(int)> lost) { lost_ = std::move(lost); }
    // Posts everything twice, as a line that resends by itself.
    void double_every_post() { doubled_ = true; }

    Result<exchange::LineReply> post(const model::Partner& partner, std::string_view media_type,
                                     std::string_view body, Instant now) override;

  private:
    exchange::NetLine inner_;
    std::function<bool(int)> lost_ = [](int) { return false; };
    bool doubled_ = false;
    int posts_ = 0;
};

class GatewayNode {
  public:
    // An empty url means SQLite in a folder of its own.
    GatewayNode(const Pki& pki, const std::string& party, const TurnedClock& clock,
                const std::string& url = {});
    ~GatewayNode();

    void start();
    void stop();  // as the end of the process: what is not committed is gone
    void restart() {
        stop();
        start();
    }

    // As the other side registers it.
    model::Partner as_partner(const std::string& format) const;

    exchange::Service& service();
    LossyLine& line();
    store::Database& database() { return *database_; }
    const exchange::Identity& identity() const { return identity_; }
    const Identity& client() const { return client_; }
    std::string endpoint() const;

  private:
    struct Running;
    const Pki& pki_;
    const TurnedClock& clock_;
    TempFolder folder_;
    std::string url_;
    exchange::Identity identity_;
    Identity server_;
    Identity client_;
    unsigned short port_ = 0;
    std::unique_ptr<store::Database> database_;
    std::unique_ptr<Running> running_;
};

}  // namespace recall::test
