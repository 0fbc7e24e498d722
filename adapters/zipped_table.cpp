// Tables, bare or in ZIP containers, that are one: a record may have rows in each of them. Lists of
// another format bring records by themselves, after the tables.

#include <vector>

#include "adapters/list_walk.h"
#include "adapters/registry.h"

namespace recall::adapters {
namespace {

using ingest::Coverage, ingest::Wanted;

class Tables {
  public:
    explicit Tables(ingest::Intake& intake) : intake_(intake) {}

    PageSeen see(const Wanted& wanted) {
        if (wanted.list->rules.format == ingest::DocumentFormat::table) {
            collected_.push_back(wanted);
            return Page::last;
        }
        take();
        return take_records(intake_, wanted);
    }

    // What was collected, as one document.
    void take() {
        if (collected_.empty() || intake_.is_over()) return;
        is_whole_ = intake_.take_together("tables", collected_).ok() && is_whole_;
        collected_.clear();
    }

    bool is_whole() const { return is_whole_; }

  private:
    ingest::Intake& intake_;
    std::vector<Wanted> collected_;
    bool is_whole_ = true;
};

}  // namespace

Coverage zipped_table(const ingest::Task& task, ingest::Intake& intake) {
    Tables tables(intake);
    const Coverage walked =
        walk_lists(task, intake, [&](const Wanted& wanted) { return tables.see(wanted); });
    tables.take();
    return tables.is_whole() ? walked : Coverage::partial;
}

}  // namespace recall::adapters
