#include "adapters/list_walk.h"

#include <algorithm>
#include <optional>

#include "adapters/request.h"
#include "gateway/net/outgoing.h"

namespace recall::adapters {
namespace {

using ingest::Coverage, ingest::FetchList, ingest::ListUse, ingest::Scope;

bool is_used(const FetchList& list, const ingest::Task& task) {
    const bool is_filled =
        task.is_first && std::ranges::any_of(task.plan.lists, [](const auto& one) {
            return one.use == ListUse::first;
        });
    switch (list.use) {
        case ListUse::every_run:
            return true;
        case ListUse::incremental:
            return task.scope == Scope::incremental;
        case ListUse::full:
            return task.scope == Scope::full && !is_filled;
        case ListUse::first:
            return is_filled;
    }
    return false;
}

// The number with zeros before it, up to so many digits.
std::string filled_up(long long number, long long digits) {
    const std::string text = std::to_string(number);
    const auto wanted = static_cast<std::size_t>(digits);
    return std::string(wanted - std::min(wanted, text.size()), '0') + text;
}

class ListWalk {
  public:
    ListWalk(const ingest::Task& task, ingest::Intake& intake, const PageSink& sink)
        : task_(task), intake_(intake), sink_(sink) {}

    Coverage walk() {
        const auto& lists = task_.plan.lists;
        for (std::size_t i = 0; i < lists.size() && !intake_.is_over(); ++i) {
            if (!is_used(lists[i], task_)) continue;
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

    // What a list lacks that does not name every record anyway is no loss.
    void miss(const FetchList& list) { is_whole_ = is_whole_ && !list.is_complete; }

    void walk_pages(const FetchList& list, const std::string& name,
                    const std::optional<Window>& window) {
        if (!list.pages) {
            if (ask(list, name, window, std::nullopt).page == Page::failed) miss(list);
            return;
        }
        const ingest::FetchPages& pages = *list.pages;
        const bool is_linked = pages.next != mapping::NextPage::counted;
        long long known_in_a_row = 0;
        long long empty_in_a_row = 0;
        std::string url;     // as the page before named it
        std::string sha256;  // of the page before
        for (long long i = 0; !intake_.is_over(); ++i) {
            if (i == pages.pages_max) {
                intake_.complain({ErrorCode::limit, list.url + ": more than " + std::to_string(i) +
                                                        " pages (pages-max)"});
                miss(list);
                return;
            }
            const long long number = pages.first + i * pages.step;
            const PageSeen seen =
                ask(list, name + ":" + std::to_string(number), window, number, url);
            const Page page = seen.page;
            empty_in_a_row = page == Page::empty ? empty_in_a_row + 1 : 0;
            const bool is_end = empty_in_a_row > 0 && empty_in_a_row >= pages.stop_after_empty;
            if (page == Page::last || is_end) return;
            if (page == Page::empty) continue;
            if (page == Page::failed) {
                miss(list);
                return;
            }
            if (is_linked) {
                if (seen.next.empty()) return;
                const Result<std::string> next = followed(list, seen.next);
                if (!next) {
                    intake_.complain(next.error());
                    miss(list);
                    return;
                }
                url = *next;
            }
            if (!seen.sha256.empty() && seen.sha256 == sha256) {
                intake_.complain({ErrorCode::wrong_document,
                                  list.url + ": page " + std::to_string(number) +
                                      " is the one before once more, byte for byte; does the "
                                      "source know the number asked for?"});
                miss(list);
                return;
            }
            sha256 = seen.sha256;
            known_in_a_row = page == Page::known ? known_in_a_row + 1 : 0;
            if (task_.scope == Scope::incremental && pages.stop_after_known > 0 &&
                known_in_a_row >= pages.stop_after_known) {
                miss(list);
                return;
            }
        }
    }

    // A link to the next page may not lead away from the source.
    Result<std::string> followed(const FetchList& list, const std::string& link) const {
        Result<std::string> url = resolved(list.url, link);
        if (!url) return url;
        const Result<net::Url> here = net::parse_url(list.url.substr(0, list.url.find('?')));
        const Result<net::Url> there = net::parse_url(*url);
        if (!here) return here.error();
        if (!there) return there.error();
        const auto& hosts = task_.plan.manners.hosts;
        if (there->host != here->host && std::ranges::find(hosts, there->host) == hosts.end()) {
            return {ErrorCode::forbidden, list.url + ": its next page is at " + there->host +
                                              ", which is none of the source's hosts"};
        }
        return url;
    }

    PageSeen ask(const FetchList& list, const std::string& key, const std::optional<Window>& window,
                 const std::optional<long long>& page, const std::string& url = {}) {
        std::vector<Placeholder> values = {
            {"since", written(days_before(task_.since, list.overlap_days), list.date_form)},
            {"today", written(task_.today, list.date_form)},
            {"recent", written(days_before(task_.today, list.overlap_days), list.date_form)},
            {"year", std::to_string(task_.today.year)},
            {"lastyear", std::to_string(task_.today.year - 1)}};
        if (window) {
            values.push_back({"from", written(window->from, list.date_form)});
            values.push_back({"to", written(window->to, list.date_form)});
        }
        if (page) values.push_back({"page", filled_up(*page, list.pages->digits)});
        const bool is_form = list.body_type == "application/x-www-form-urlencoded";
        ingest::Wanted wanted;
        wanted.key = key;
        wanted.url = url.empty() ? fill_in(list.url, values, Encoding::percent) : url;
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

PageSeen take_records(ingest::Intake& intake, const ingest::Wanted& wanted) {
    const Result<ingest::Taken> taken = intake.take(wanted);
    if (!taken) return Page::failed;
    if (taken->records == 0) return Page::empty;
    return PageSeen(taken->new_or_changed == 0 ? Page::known : Page::fresh, *taken);
}

}  // namespace recall::adapters
