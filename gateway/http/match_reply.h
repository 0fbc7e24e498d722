#pragma once
// A stored match as the API shows it. For matches.cpp and cases.cpp.

#include <span>
#include <string>

#include "gateway/http/router.h"
#include "gateway/store/matches.h"

namespace recall::http {

std::string match_object(const store::StoredMatch& match, std::span<const store::Verdict> verdicts);

// The match with its verdicts, whose entity tag is that of the match. Fails with not_found, also
// for what the caller may not see.
Result<std::string> match_body(store::Session& session, const Call& call, long long id);

}  // namespace recall::http
