#pragma once
// Puts a message into the outbox, in the transaction of the decision behind it: numbered for its
// recipient, signed once, in the recipient's format. One session, one thread.

#include <chrono>
#include <string>

#include "gateway/exchange/identity.h"
#include "gateway/model/message.h"
#include "gateway/model/partner.h"
#include "gateway/store/session.h"

namespace recall::exchange {

// Sends `draft` to the partner: id, sender, recipient, created, expires and sequence are filled in.
// Returns the message id. Needs a WriteTransaction. Throws Failure(internal) when it cannot be
// sealed; the transaction's end then gives the number back.
std::string enqueue(store::Session& session, const Identity& identity,
                    const model::Partner& partner, model::Message draft, Instant now);

// How long a message may be under way: longer than an operator needs to mend a line.
inline constexpr std::chrono::hours message_life{24 * 30};

}  // namespace recall::exchange
