#pragma once
// A match: how sure we are that a listing is a recalled product, and why. The evidence weights
// (log odds) add up to the score, so the explanation is the computation.

#include <string>
#include <vector>

namespace recall::model {

enum class Decision { match, review, no_match };

struct Evidence {
    std::string kind;        // gtin, model, brand, name, … ; "prior" carries the base rate
    bool speaks_for = true;  // "for" in JSON
    double weight = 0;       // log odds, added up to the score
    std::string notice;      // the notice's raw value
    std::string listing;     // the listing's raw value
};

struct Match {
    std::string listing;    // listing id
    std::string notice;     // notice id
    long long product = 0;  // index of the product line in the notice
    double score = 0;       // calibrated probability
    Decision decision = Decision::no_match;
    std::vector<Evidence> evidence;
};

inline const char* spelling(Decision decision) {
    switch (decision) {
        case Decision::match:
            return "match";
        case Decision::review:
            return "review";
        case Decision::no_match:
            return "no_match";
    }
    return "no_match";
}

}  // namespace recall::model
