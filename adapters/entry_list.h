#pragma once
// Lists whose entries lead to documents: what the XML index, the RSS feed and the HTML list have in
// common. Collects the entries of all pages, then fetches the documents that are new or whose entry
// changed, newest first, and once more the newest of the others. One thread.

#include "gateway/base/result.h"
#include "gateway/ingest/source.h"
#include "gateway/xml/document.h"

namespace recall::adapters {

inline constexpr std::size_t entries_max = 200'000;

// A listing as the tree that the plan's XPaths are evaluated on.
using ParseListing = Result<xml::Document> (*)(std::string_view bytes,
                                               const ingest::DocumentRules& rules);

ingest::Coverage walk_entries(const ingest::Task& task, ingest::Intake& intake, ParseListing parse);

}  // namespace recall::adapters
