// An XML index whose entries lead to XML reports, each with many records.

#include "adapters/entry_list.h"
#include "adapters/registry.h"

namespace recall::adapters {

ingest::Coverage xml_reports(const ingest::Task& task, ingest::Intake& intake) {
    return walk_entries(task, intake,
                        [](std::string_view bytes, const ingest::DocumentRules& rules) {
                            xml::Limits limits;
                            limits.bytes_max = static_cast<std::size_t>(rules.bytes_max);
                            return xml::parse(bytes, limits);
                        });
}

}  // namespace recall::adapters
