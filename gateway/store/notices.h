#pragma once
// Notices and every revision of them. A revision keeps its JSON and what differs, field by field,
// from the one before; a notice is never deleted. Writes need a WriteTransaction. The JSON text is
// the caller's, so that the store knows no format. One session, one thread.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/model/notice.h"
#include "gateway/model/notice_difference.h"
#include "gateway/store/page.h"
#include "gateway/store/session.h"

namespace recall::store {

// Reads back JSON that was stored before, to compare with what comes now.
using ReadNotice = std::function<Result<model::Notice>(std::string_view json)>;

struct NoticeUpsert {
    const model::Notice& notice;
    std::string_view json;          // canonical, without the revision
    std::string_view content_hash;  // equal hashes mean nothing changed
    std::string_view raw_sha256;
    std::string_view search_text = {};  // folded text to search; empty: number and titles, ASCII
                                        // letters lower-cased
};

enum class NoticeChange { unchanged, created, changed, vanished, reappeared };
std::string_view spelling(NoticeChange change);

struct NoticeOutcome {
    NoticeChange change = NoticeChange::unchanged;
    long long revision = 0;
    std::vector<model::FieldDifference> differences{};
};

struct StoredNotice {
    std::string id{};
    std::string json{};
    std::string content_hash{};
    std::string raw_sha256{};
    std::string state{};  // active or vanished
    long long revision = 0;
    long long change = 0;  // place in the order of changes
    std::string first_stored_at{};
    std::string updated_at{};  // when the gateway stored this revision
};

struct NoticeRevision {
    long long revision = 0;
    NoticeChange change = NoticeChange::created;
    std::string json{};
    std::string content_hash{};
    std::string raw_sha256{};
    std::string stored_at{};
    std::vector<model::FieldDifference> differences{};
};

// Empty members do not filter.
struct NoticeFilter {
    std::string source{};
    std::string jurisdiction{};
    std::string kind{};
    std::string hazard{};
    std::string risk_level{};
    std::string state{};
    std::optional<Date> published_from;
    std::optional<Date> published_to;
    std::optional<Instant> updated_since;
    std::string text{};  // searched in search_text, folded as that was
};

// changes: oldest change first; complete even while rows are written, as a changed notice moves to
// the end and is seen again. newest: latest publication first, for people.
enum class NoticeOrder { changes, newest };

class Notices {
  public:
    explicit Notices(Session& session) : session_(session) {}

    // Of an unchanged notice that another version of the mapping made than before, the provenance
    // of the latest revision becomes today's: its issues may have been mended.
    NoticeOutcome upsert(const NoticeUpsert& input, const ReadNotice& read, Instant now);

    // The record is no longer at its source. `unchanged` when it already was so; not_found.
    Result<NoticeOutcome> mark_vanished(std::string_view id, Instant now);

    std::optional<StoredNotice> get(std::string_view id);
    std::vector<NoticeRevision> revisions(std::string_view id);
    std::optional<NoticeRevision> revision(std::string_view id, long long number);

    // At most page_rows_max rows; fails with usage for a cursor that is not one.
    Result<Page<StoredNotice>> list(const NoticeFilter& filter, NoticeOrder order,
                                    std::string_view cursor, std::size_t rows);

    // Active notices changed after `change`, oldest change first; call again with the last one's
    // `change` until nothing comes.
    std::vector<StoredNotice> active_after(long long change, std::size_t rows);

    // Like active_after with vanished ones too, for those who keep an index up to date.
    std::vector<StoredNotice> changed_after(long long change, std::size_t rows);

    long long count(std::string_view source);

  private:
    struct Current;
    std::optional<Current> current(std::string_view id);
    void insert(const NoticeUpsert& input, long long change, std::string_view now);
    void update(const NoticeUpsert& input, const Current& before, long long change,
                std::string_view now);
    void add_revision(long long seq, const NoticeRevision& revision);
    std::string json_of(const Current& notice);
    NoticeOutcome keep(const NoticeUpsert& input, const Current& before);

    Session& session_;
};

}  // namespace recall::store
