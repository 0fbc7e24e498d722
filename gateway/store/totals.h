#pragma once
// How much there is of everything, for the status page and metrics. One session, one thread.

#include "gateway/store/session.h"

namespace recall::store {

struct Totals {
    long long notices = 0;
    long long listings = 0;
    long long open_matches = 0;  // decided by nobody yet, the gateway says match
    long long open_reviews = 0;  // … says review
    long long open_cases = 0;
    long long closed_cases = 0;
    long long quarantined = 0;
};

Totals totals(Session& session);

}  // namespace recall::store
