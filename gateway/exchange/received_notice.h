#pragma once
// What an accepted notice does: it is stored under its own id, as from the source "partner:<id>",
// with the bytes it came in. A notice that we have from its source, or from another partner, is not
// replaced: what we read ourselves stands above what we are told. For Effects.

#include "gateway/exchange/receiver.h"

namespace recall::exchange {

Result<void> store_notice(store::Session& session, const Received& received);

}  // namespace recall::exchange
