// Lists whose documents hold the records: each page or window of time is one.

#include "adapters/list_walk.h"
#include "adapters/registry.h"

namespace recall::adapters {

namespace {

ingest::Coverage walk_records(const ingest::Task& task, ingest::Intake& intake) {
    return walk_lists(task, intake, [&intake](const ingest::Wanted& wanted) {
        return take_records(intake, wanted);
    });
}

}  // namespace

ingest::Coverage json_list(const ingest::Task& task, ingest::Intake& intake) {
    return walk_records(task, intake);
}

ingest::Coverage rss_items(const ingest::Task& task, ingest::Intake& intake) {
    return walk_records(task, intake);
}

}  // namespace recall::adapters
