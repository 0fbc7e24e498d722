#pragma once
// docs/feeds: one page a source, written from its mapping file: who publishes it, how it is
// fetched, what each field is made of, what is left out and why, which tables and fixtures it has;
// and an index. One thread. Throws Failure(bad_mapping).

#include <vector>

#include "gateway/ops/references.h"

namespace recall::ops {

std::vector<Generated> feed_pages();

}  // namespace recall::ops
