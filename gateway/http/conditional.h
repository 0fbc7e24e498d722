#pragma once
// Conditional requests (RFC 9110 §13): entity tags, If-Match and If-None-Match. Pure; any thread.

#include <string>
#include <string_view>

#include "gateway/base/result.h"
#include "gateway/http/message.h"

namespace recall::http {

// A strong tag made of the text.
std::string entity_tag(std::string_view text);

// Whether the header's list names the tag; "*" names every one. Weak tags name it only where
// `comparison` is weak.
enum class Comparison { strong, weak };
bool names_tag(std::string_view header, std::string_view tag, Comparison comparison);

// The reply with its tag, or 304 without a body when the caller has it already. Unless it says
// otherwise, it is to be asked for anew each time.
Reply tagged(const Request& request, Reply reply, const std::string& tag);

// Fails with precondition when If-Match is there and does not name the tag of what there is now.
Result<void> check_if_match(const Request& request, std::string_view tag);

}  // namespace recall::http
