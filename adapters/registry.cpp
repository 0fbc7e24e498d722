#include "adapters/registry.h"

#include <algorithm>
#include <array>

namespace recall::adapters {

ingest::Adapter find_adapter(std::string_view name) {
    struct Row {
        std::string_view name;
        ingest::Adapter adapter;
    };
    static constexpr std::array<Row, 9> rows = {{{"json_list", json_list},
                                                 {"xml_reports", xml_reports},
                                                 {"rss_pages", rss_pages},
                                                 {"html_list", html_list},
                                                 {"json_pages", json_pages},
                                                 {"zipped_table", zipped_table},
                                                 {"rss_items", rss_items},
                                                 {"mixed_pages", mixed_pages},
                                                 // Every number is a document of its own.
                                                 {"numbered_pages", json_list}}};
    const auto* const found = std::ranges::find(rows, name, &Row::name);
    return found == rows.end() ? nullptr : found->adapter;
}

}  // namespace recall::adapters
