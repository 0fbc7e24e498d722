// A JSON list, whole or by page, whose entries lead to documents. XPaths of <entries> start at the
// list's root; an array at the top gives "item" elements.

#include "adapters/entry_list.h"
#include "adapters/registry.h"
#include "gateway/json/parse.h"

namespace recall::adapters {

ingest::Coverage json_pages(const ingest::Task& task, ingest::Intake& intake) {
    return walk_entries(task, intake,
                        [](std::string_view bytes, const ingest::DocumentRules& rules) {
                            xml::Limits limits;
                            limits.bytes_max = static_cast<std::size_t>(rules.bytes_max);
                            return json::parse(bytes, limits);
                        });
}

}  // namespace recall::adapters
