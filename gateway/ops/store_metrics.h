#pragma once
// Metrics that are read from the database at each scrape: sources, notices, listings, matches.

#include "gateway/http/api.h"

namespace recall::ops {

// The Api must outlive its metrics.
void collect_store_metrics(http::Api& api);

}  // namespace recall::ops
