#include "gateway/cases/notice_index.h"

#include <algorithm>

#include "gateway/base/log.h"
#include "gateway/json/notice_json.h"
#include "gateway/store/notices.h"
#include "gateway/store/pictures.h"

namespace recall::cases {
namespace {

constexpr std::size_t rows_a_page = 500;

void sort_in(const store::StoredNotice& stored, NoticeChanges& changes) {
    Result<model::Notice> notice = json::read_kept_notice(stored.json);
    if (!notice) {
        // It was written by us: a later version reads it after a remap.
        log(notice.error(), "match", {{"notice", stored.id}});
    } else if (stored.state == "active" && notice->status != "withdrawn") {
        changes.matched.push_back(*std::move(notice));
    } else {
        changes.removed.push_back(stored.id);
    }
}

}  // namespace

NoticeChanges notice_changes(store::Session& session, long long after, std::size_t rows) {
    NoticeChanges changes;
    changes.change = after;
    for (std::size_t taken = 0; taken < rows;) {
        const auto page = store::Notices(session).changed_after(changes.change, rows_a_page);
        if (page.empty()) break;
        taken += page.size();
        changes.change = page.back().change;
        for (const store::StoredNotice& stored : page)
            sort_in(stored, changes);
    }
    return changes;
}

void NoticeIndex::refresh() {
    std::vector<model::Notice> first_time;
    for (;;) {
        NoticeChanges page;
        {
            const store::SessionLease session = database_.lease();
            page = notice_changes(*session, change_, rows_a_page);
        }
        if (page.change == change_) break;
        if (is_loaded_) {
            matcher_.update(page.matched, page.removed);
        } else {
            // It may have stood on an earlier page and have changed since.
            std::erase_if(first_time, [&](const model::Notice& notice) {
                return std::ranges::find(page.removed, notice.id) != page.removed.end();
            });
            std::ranges::move(page.matched, std::back_inserter(first_time));
        }
        change_ = page.change;
    }
    if (!is_loaded_) matcher_.replace(first_time);
    refresh_pictures();
    is_loaded_ = true;
}

std::shared_ptr<const match::PictureBook> NoticeIndex::pictures() const {
    const std::lock_guard lock(pointing_);
    return pictures_;
}

void NoticeIndex::refresh_pictures() {
    std::shared_ptr<match::PictureBook> next;
    long long change = picture_change_;
    for (;;) {
        const store::SessionLease session = database_.lease();
        const auto page = store::Pictures(*session).hashes_after(change, rows_a_page);
        if (page.empty()) break;
        if (!next) next = std::make_shared<match::PictureBook>(*pictures());
        for (const store::PictureHashUse& use : page) {
            const auto hash = model::picture_hash(use.hash);
            if (hash && use.user.platform.empty()) next->add(use.user.owner, *hash);
        }
        change = page.back().change;
    }
    if (!next) return;
    const std::lock_guard lock(pointing_);
    pictures_ = std::move(next);
    picture_change_ = change;
}

}  // namespace recall::cases
