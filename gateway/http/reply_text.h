#pragma once
// A reply as bytes on the wire. Pure.

#include <string>

#include "gateway/base/clock.h"
#include "gateway/http/message.h"

namespace recall::http {

enum class Afterwards { keep, close };

// Head and body; a reply to HEAD and the statuses that have no body come without one.
std::string reply_text(const Reply& reply, std::string_view method, Afterwards afterwards,
                       Instant now);

}  // namespace recall::http
