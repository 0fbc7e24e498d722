// A list made for people, page by page, whose rows lead to HTML pages.

#include "adapters/entry_list.h"
#include "adapters/registry.h"

namespace recall::adapters {

ingest::Coverage html_list(const ingest::Task& task, ingest::Intake& intake) {
    return walk_entries(task, intake,
                        [](std::string_view bytes, const ingest::DocumentRules& rules) {
                            xml::Limits limits;
                            limits.bytes_max = static_cast<std::size_t>(rules.bytes_max);
                            return xml::parse_html(bytes, rules.encoding, limits);
                        });
}

}  // namespace recall::adapters
