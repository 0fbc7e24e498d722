#pragma once
// What the commands that match take from their command line. One thread.

#include <memory>
#include <string>
#include <string_view>

#include "gateway/base/result.h"
#include "gateway/match/lexicon.h"
#include "gateway/match/matcher.h"
#include "gateway/ops/command.h"

namespace recall::ops {

// --min-score and --most. Fails with usage.
Result<void> read_match_options(const Arguments& arguments, match::CheckOptions& options);

// A whole number between the limits; `otherwise` when it was not given. Fails with usage.
Result<long long> read_number(const Arguments& arguments, std::string_view option,
                              long long otherwise, long long least, long long most);

// The lexicon in a folder of mappings: the setting's, else the one the program was built with.
std::shared_ptr<const match::Lexicon> open_lexicon(const std::string& mappings);

}  // namespace recall::ops
