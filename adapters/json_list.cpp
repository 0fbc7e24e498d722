// JSON lists: each page or window of time is a document of records.

#include "adapters/list_walk.h"
#include "adapters/registry.h"

namespace recall::adapters {

ingest::Coverage json_list(const ingest::Task& task, ingest::Intake& intake) {
    return walk_lists(task, intake, [&intake](const ingest::Wanted& wanted) {
        const Result<ingest::Taken> taken = intake.take(wanted);
        if (!taken) return Page::failed;
        if (taken->records == 0) return Page::empty;
        return taken->new_or_changed == 0 ? Page::known : Page::fresh;
    });
}

}  // namespace recall::adapters
