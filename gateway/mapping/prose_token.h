#pragma once
// A sentence as the readers of numbers see it: words without the punctuation around them, which is
// kept beside. Pure; any thread.

#include <string>
#include <string_view>
#include <vector>

namespace recall::mapping {

struct ProseToken {
    std::string core;    // without punctuation at its ends
    std::string folded;  // the same in lower case
    std::string lead;    // '(' and '"'; every quotation mark is '"'
    std::string trail;   // ',' ';' ':' '.' ')' '"'

    bool has_trail(std::string_view any) const {
        return trail.find_first_of(any) != std::string::npos;
    }
    bool is_quoted_open() const { return lead.find('"') != std::string::npos; }
    bool is_quoted_close() const { return trail.find('"') != std::string::npos; }
};

std::vector<ProseToken> prose_tokens(std::string_view text);

}  // namespace recall::mapping
