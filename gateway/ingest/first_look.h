#pragma once
// The first listing of a source, fetched and judged and not stored: whether the source still
// answers as its mapping file says. One thread.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/ingest/source.h"
#include "gateway/mapping/mapping_file.h"

namespace recall::ingest {

struct FirstLook {
    std::string url;  // after redirects; of the request when nothing came
    std::string media_type;
    std::string sha256;
    std::size_t bytes = 0;
    long long entries = 0;  // that lead to documents
    long long records = 0;  // in the listing itself
    long long notices = 0;
    long long quarantined = 0;
    std::map<std::string, long long> issues;  // of records, by code
    std::vector<Error> errors;                // empty: all is well
};

FirstLook look_at(const mapping::Mapping& mapping, Adapter adapter, net::Fetcher& fetcher,
                  Instant now);

}  // namespace recall::ingest
