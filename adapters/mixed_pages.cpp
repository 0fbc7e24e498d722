// Lists in XML or JSON beside each other: one with entries leads to documents of its own kind, the
// pages of the others are documents themselves.

#include "adapters/entry_list.h"
#include "adapters/registry.h"
#include "gateway/json/parse.h"

namespace recall::adapters {

ingest::Coverage mixed_pages(const ingest::Task& task, ingest::Intake& intake) {
    return walk_entries(
        task, intake, [](std::string_view bytes, const ingest::DocumentRules& rules) {
            xml::Limits limits;
            limits.bytes_max = static_cast<std::size_t>(rules.bytes_max);
            return rules.format == ingest::DocumentFormat::xml ? xml::parse(bytes, limits)
                                                               : json::parse(bytes, limits);
        });
}

}  // namespace recall::adapters
