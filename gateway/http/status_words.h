#pragma once
// What the status page says, in each of its languages. Plain data; any thread.

#include <string_view>

namespace recall::http {

struct StatusWords {
    std::string_view language;        // of the page
    std::string_view code;            // of ?lang=
    std::string_view other_language;  // that the link leads to
    std::string_view other_name;
    std::string_view title;
    std::string_view intro;
    std::string_view notices, listings, open_matches, open_reviews, open_cases, closed_cases,
        quarantined;
    std::string_view sources, source, state, published, waiting, last_run, outcome;
    std::string_view created, changed;  // after a count
    std::string_view never_run, running, healthy, degraded, failed;
    std::string_view next_steps;
    std::string_view no_sources, no_notices, no_listings, no_matches, all_well;
    std::string_view service, description, metrics, readiness, as_of;
    std::string_view key_label, key_hint, sign_in, sign_out, wrong_key, too_many, staff_only;
};

const StatusWords& english_status_words();
const StatusWords& chinese_status_words();

// `chosen` is ?lang=, which wins over Accept-Language (RFC 9110 §12.5.4); English otherwise.
const StatusWords& status_words(std::string_view chosen, std::string_view accept_language);

}  // namespace recall::http
