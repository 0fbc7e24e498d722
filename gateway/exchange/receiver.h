#pragma once
// The inbox: takes the bytes of a message from a partner's connection and answers with a signed
// receipt (docs/protocol.md §3 to §6). An accepted message, what it does, and its receipt are one
// transaction; a duplicate gets the same receipt again. Any thread. Throws Failure when the
// database is away: then there is no receipt, and the partner sends again.

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "gateway/exchange/partners.h"
#include "gateway/exchange/seal.h"
#include "gateway/store/database.h"

namespace recall::exchange {

// An accepted message on its way into the database.
struct Received {
    const model::Message& message;
    const model::Partner& partner;
    std::string_view bytes;  // as they came
    std::string_view media_type;
    long long position;  // in the inbox
    Instant now;
};

// What a kind of message does. Judges before it writes: an Error means that nothing was written,
// and refuses the message with its code.
using Effect = std::function<Result<void>(store::Session&, const Received&)>;
using Effects = std::map<std::string, Effect, std::less<>>;

struct Incoming {
    std::string certificate_sha256;  // of the connection
    std::string media_type;
    std::string body;
};

struct Answer {
    int status = 200;
    std::string media_type;
    std::string body;  // the receipt
};

inline constexpr long long messages_per_minute_max = 6000;

class Receiver {
  public:
    Receiver(store::Database& database, const Clock& clock, const Identity& identity,
             const xml::Schema& schema, Effects effects);

    // Fails, without a receipt, when the connection is no partner's (unauthorised), the partner
    // sends too much (rate_limited) or the media type is not one of ours (media_type).
    Result<Answer> receive(const Incoming& incoming);

  private:
    struct Arrival;
    Result<void> take_allowance(const model::Partner& partner, Instant now);
    Result<Answer> accept(const Arrival& arrival, const Opened& opened);
    Result<Answer> apply(store::Session& session, const Arrival& arrival, const Opened& opened);
    Answer refuse(const Arrival& arrival, const Opened* opened, const Error& error);
    std::string receipt(const Arrival& arrival, const model::Message* message,
                        model::Receipt content) const;

    store::Database& database_;
    const Clock& clock_;
    const Identity& identity_;
    const xml::Schema& schema_;
    Effects effects_;

    struct Allowance {
        Instant minute;
        long long taken = 0;
    };
    std::mutex mutex_;
    std::map<std::string, Allowance, std::less<>> allowances_;  // by partner
};

}  // namespace recall::exchange
