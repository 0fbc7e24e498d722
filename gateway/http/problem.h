#pragma once
// An Error as the reply that a caller gets: RFC 9457 problem+json with our code. Pure.

#include "gateway/base/errors.h"
#include "gateway/http/message.h"

namespace recall::http {

// The status is the code's. What went wrong inside us (status 500 and above) is named by code
// only; its text is for our log and may name files or hosts.
Reply problem(const Error& error, std::string_view request_id);

}  // namespace recall::http
