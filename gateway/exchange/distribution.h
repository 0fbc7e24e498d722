#pragma once
// Which notices go to which partners: by the rules of the registry, every change of a notice once,
// in the order of changes. What a partner sent us is not passed on. How far a partner's
// distribution has come is saved with the messages. One thread.

#include "gateway/exchange/identity.h"
#include "gateway/model/partner.h"
#include "gateway/store/database.h"

namespace recall::exchange {

bool fits(const model::DistributionRule& rule, const model::Notice& notice);
bool fits(const model::Partner& partner, const model::Notice& notice);

// Puts what changed since the last time into the outbox; returns how many messages.
long long distribute(store::Database& database, const Identity& identity, Instant now);

// The source under which a partner's notices are kept: "partner:eu-example".
std::string source_of_partner(std::string_view partner);
bool is_partner_source(std::string_view source);

}  // namespace recall::exchange
