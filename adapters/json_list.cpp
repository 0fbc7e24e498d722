// Lists whose documents hold the records: each page or window of time is one.

#include "adapters/list_walk.h"
#include "adapters/registry.h"

namespace recall::adapters {

namespace {

ingest::Coverage walk_records(const ingest::Task& task, ingest::Intake& intake) {
    return walk_lists(task, intake, [&intake](const ingest::Wanted& wanted) -> PageSeen {
        const Result<ingest::Taken> taken = intake.take(wanted);
        if (!taken) return Page::failed;
        if (taken->records == 0) return PageSeen(Page::empty);
        return PageSeen(taken->new_or_changed == 0 ? Page::known : Page::fresh, taken->next);
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
