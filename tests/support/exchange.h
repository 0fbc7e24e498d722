#pragma once
// What tests of the exchange need: a clock to turn, parties with keys, partners made from them,
// messages, and a line that leads straight into another party's inbox and can be made bad. One
// thread, but for the clock.

#include <atomic>
#include <functional>
#include <string>

#include "gateway/exchange/delivery.h"
#include "gateway/exchange/receiver.h"

namespace recall::test {

// Starts at the time of the machine, because certificates made for tests are valid around it.
class TurnedClock final : public Clock {
  public:
    TurnedClock() : now_(SystemClock().now()) {}
    Instant now() const override { return now_.load(); }
    void turn(std::chrono::milliseconds by) { now_ = now_.load() + by; }

  private:
    std::atomic<Instant> now_;
};

const xml::Schema& exchange_schema();

exchange::Identity make_party(const std::string& id, crypto::KeyKind kind = crypto::KeyKind::p256);

// The fingerprint under which a party's connections are registered where no TLS is involved.
std::string connection_of(const std::string& party);

// `party` as another gateway registers it: its key, its connection, every kind allowed.
model::Partner partner_of(const exchange::Identity& party, const std::string& format = "xml");

model::Notice sample_notice(const std::string& id, const std::string& title);

// A message that the recipient accepts, when it is sealed by `sender`.
model::Message sample_message(const exchange::Identity& sender, const std::string& recipient,
                              long long sequence, Instant now);

void register_partner(store::Database& database, const model::Partner& partner);

// Into the receiver of the other side, without a network.
class DirectLine final : public exchange::Line {
  public:
    enum class Fault { none, nothing_arrives, reply_is_lost, reply_is_altered, not_a_receipt };

    explicit DirectLine(std::string own_connection) : own_connection_(std::move(own_connection)) {}
    void lead_to(exchange::Receiver* receiver) { receiver_ = receiver; }
    // What happens to the n-th post (from 1).
    void when(std::function<Fault(int)> fault) { fault_ = std::move(fault); }
    int posts() const { return posts_; }

    Result<exchange::LineReply> post(const model::Partner& partner, std::string_view media_type,
                                     std::string_view body, Instant now) override;

  private:
    std::string own_connection_;
    exchange::Receiver* receiver_ = nullptr;
    std::function<Fault(int)> fault_ = [](int) { return Fault::none; };
    int posts_ = 0;
};

}  // namespace recall::test
