// An RSS 2.0 feed whose items lead to pages that say more than the items do.

#include "adapters/entry_list.h"
#include "adapters/registry.h"

namespace recall::adapters {
namespace {

Result<xml::Document> parse_feed(std::string_view bytes, const ingest::DocumentRules& rules) {
    xml::Limits limits;
    limits.bytes_max = static_cast<std::size_t>(rules.bytes_max);
    Result<xml::Document> feed = xml::parse(bytes, limits);
    if (feed && (feed->root().name() != "rss" || !feed->root().child("channel"))) {
        return {ErrorCode::wrong_document,
                "no RSS feed: its root is " + std::string(feed->root().name())};
    }
    return feed;
}

}  // namespace

ingest::Coverage rss_pages(const ingest::Task& task, ingest::Intake& intake) {
    return walk_entries(task, intake, parse_feed);
}

}  // namespace recall::adapters
