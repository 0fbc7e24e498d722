#pragma once
// Delivery: takes each recipient's messages in their order, posts them, and settles each by the
// signed receipt that comes back. A message is delivered when its receipt says so, and not before.
// Several gateways on one database share the work by a lease per recipient. One thread runs it.

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "gateway/exchange/breaker.h"
#include "gateway/exchange/identity.h"
#include "gateway/exchange/line.h"
#include "gateway/model/message.h"
#include "gateway/store/database.h"
#include "gateway/xml/schema.h"

namespace recall::exchange {

struct DeliveryParts {
    store::Database& database;
    const Clock& clock;
    const Identity& identity;
    const xml::Schema& schema;
    Line& line;
    // Names this node in leases, the same after a restart: so it need not wait for its own lease.
    std::string node;
};

struct DeliveryCounts {
    long long delivered = 0;
    long long refused = 0;
    long long failed = 0;  // attempts that will be made again, and the last ones of dead messages
};

class Deliverer {
  public:
    // `share` draws a number from 0 up to 1, for jitter.
    Deliverer(DeliveryParts parts, RetryPolicy policy, std::function<double()> share);

    // One look at the outbox: everything that is due, until it is done or told to stop.
    DeliveryCounts deliver_due(const std::stop_token& stop = {});

  private:
    enum class Step { next_message, leave_line };
    void deliver_to(const std::string& recipient, const std::stop_token& stop,
                    DeliveryCounts& counts);
    Step deliver_one(const std::string& recipient, DeliveryCounts& counts);
    Result<model::Receipt> send(const store::OutboxMessage& message, const model::Partner& partner,
                                std::string& receipt_bytes);
    Step settle(const store::OutboxMessage& message, const Result<model::Receipt>& receipt,
                const std::string& receipt_bytes, DeliveryCounts& counts);
    bool hold_lease(const std::string& recipient);
    void end_lease(const std::string& recipient);

    DeliveryParts parts_;
    RetryPolicy policy_;
    std::function<double()> share_;
};

}  // namespace recall::exchange
