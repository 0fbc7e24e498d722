#pragma once
// The content of a takedown order, from what is stored about its match, listing and notice. Pure
// but for reading; one session, one thread.

#include "gateway/model/message.h"
#include "gateway/store/cases.h"
#include "gateway/store/matches.h"
#include "gateway/store/session.h"

namespace recall::cases {

inline constexpr std::size_t evidence_lines_max = 50;

// What is not stored (any more) is left out; ids and deadline are always there.
model::TakedownOrder compose_order(store::Session& session, const store::StoredMatch& match,
                                   const store::TakedownCase& opened, std::string_view legal_basis);

}  // namespace recall::cases
