#include "adapters/list_walk.h"

#include <optional>

#include "adapters/request.h"

namespace recall::adapters {
namespace {

using ingest::Coverage, ingest::FetchList, ingest::ListUse, ingest::Scope;

bool is_used(const FetchList& list, Scope scope) {
    return list.use == ListUse::every_run || (list.use == ListUse::full) == (scope == Scope::full);
}

class ListWalk {
  public:
    ListWalk(const ingest::Task& task, ingest::Intake& intake, const PageSink& sink)
        : task_(task), intake_(intake), sink_(sink) {}

    Coverage walk() {
        const auto& lists = task_.plan.lists;
        for (std::size_t i = 0; i < lists.size() && !intake_.is_over(); ++i) {
            if (!is_used(lists[i], task_.scope)) continue;
            has_complete_ = has_complete_ || lists[i].is_complete;
            walk_windows(lists[i], "list:" + std::to_string(i));
        }
        return has_complete_ && is_whole_ && !intake_.is_over() ? Coverage::complete
                                                                : Coverage::partial;
    }

  private:
    void walk_windows(const FetchList& list, const std::string& name) {
        if (!list.windows) return walk_pages(list, name, std::nullopt);
        for (const Window& window : windows_until(*list.windows, task_.today)) {
            if (intake_.is_over()) return;
            walk_pages(list, name + ":" + to_text(window.from), window);
        }
    }

    void walk_pages(const FetchList& list, const std::string& name,
                    const std::optional<Window>& window) {
        if (!list.pages) {
            if (ask(list, name, window, std::nullopt) == Page::failed) is_whole_ = false;
            return;
        }
        const ingest::FetchPages& pages = *list.pages;
        long long known_in_a_row = 0;
        for (long long i = 0; !intake_.is_over(); ++i) {
            if (i == pages.pages_max) {
                intake_.complain({ErrorCode::limit, list.url + ": more than " + std::to_string(i) +
                                                        " pages (pages-max)"});
                is_whole_ = false;
                return;
            }
            const long long number = pages.first + i * pages.step;
            const Page page = ask(list, name + ":" + std::to_string(number), window, number);
            if (page == Page::empty || page == Page::last) return;
            if (page == Page::failed) {
                is_whole_ = false;
                return;
            }
            known_in_a_row = page == Page::known ? known_in_a_row + 1 : 0;
            if (task_.scope == Scope::incremental && pages.stop_after_known > 0 &&
                known_in_a_row >= pages.stop_after_known) {
                is_whole_ = false;
                return;
            }
        }
    }

    Page ask(const FetchList& list, const std::string& key, const std::optional<Window>& window,
             const std::optional<long long>& page) {
        std::vector<Placeholder> values = {
            {"since", to_text(days_before(task_.since, list.overlap_days))},
            {"today", to_text(task_.today)}};
        if (window) {
            values.push_back({"from", to_text(window->from)});
            values.push_back({"to", to_text(window->to)});
        }
        if (page) values.push_back({"page", std::to_string(*page)});
        const bool is_form = list.body_type == "application/x-www-form-urlencoded";
        ingest::Wanted wanted;
        wanted.key = key;
        wanted.url = fill_in(list.url, values, Encoding::percent);
        wanted.body = fill_in(list.body, values, is_form ? Encoding::percent : Encoding::none);
        wanted.list = &list;
        return sink_(wanted);
    }

    const ingest::Task& task_;
    ingest::Intake& intake_;
    const PageSink& sink_;
    bool has_complete_ = false;
    bool is_whole_ = true;
};

}  // namespace

Coverage walk_lists(const ingest::Task& task, ingest::Intake& intake, const PageSink& sink) {
    return ListWalk(task, intake, sink).walk();
}

}  // namespace recall::adapters
