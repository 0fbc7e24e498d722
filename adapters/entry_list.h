#pragma once
// Lists whose entries lead to documents: what the XML index, the RSS feed and the HTML list have in
// common. Collects the entries of all pages, then fetches the documents that are new or whose entry
// changed, newest first, and once more the newest of the others. One thread.

#include "gateway/ingest/source.h"

namespace recall::adapters {

inline constexpr std::size_t entries_max = 200'000;

ingest::Coverage walk_entries(const ingest::Task& task, ingest::Intake& intake,
                              ingest::ParseListing parse);

}  // namespace recall::adapters
