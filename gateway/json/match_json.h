#pragma once
// A match as JSON, one a line. Weights are rounded to four decimals; a reader who adds them up
// gets the log odds of the score. Any thread.

#include <string>

#include "gateway/json/writer.h"
#include "gateway/model/match.h"

namespace recall::json {

// The evidence alone, as a list.
void write_evidence(Writer& out, const std::vector<model::Evidence>& list);

void write_match(Writer& out, const model::Match& match);

// Appends the match and a line feed.
void append_match_line(std::string& out, const model::Match& match);

}  // namespace recall::json
