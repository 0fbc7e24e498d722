// recallgw remap: the archive of a source once more through today's mapping.

#include <iostream>
#include <set>

#include "gateway/base/clock.h"
#include "gateway/base/failure.h"
#include "gateway/ingest/archived_document.h"
#include "gateway/ingest/record_store.h"
#include "gateway/json/notice_json.h"
#include "gateway/mapping/map_document.h"
#include "gateway/ops/command.h"
#include "gateway/ops/configuration.h"
#include "gateway/ops/mappings.h"
#include "gateway/ops/open_database.h"
#include "gateway/store/notices.h"

namespace recall::ops {
namespace {

constexpr std::size_t rows_a_page = 500;
constexpr long long payload_bytes_max = 512LL << 20;

struct Totals {
    long payloads = 0;
    long unchanged = 0;
    long changed = 0;
    long quarantined = 0;
};

// The payloads behind the notices of a source that are valid today.
std::set<std::string> payloads_of(store::Session& session, const std::string& source) {
    store::Notices notices(session);
    store::NoticeFilter filter;
    filter.source = source;
    std::set<std::string> out;
    std::string cursor;
    while (true) {
        const auto page = notices.list(filter, store::NoticeOrder::changes, cursor, rows_a_page);
        if (!page || page->rows.empty()) return out;
        for (const auto& notice : page->rows)
            out.insert(notice.raw_sha256);
        cursor = page->cursor;
    }
}

class Remap {
  public:
    Remap(store::Session& session, const mapping::Mapping& mapping, bool is_dry)
        : session_(session), mapping_(mapping), is_dry_(is_dry) {}

    void run(const std::string& sha256) {
        const auto document = ingest::archived_document(session_, sha256, payload_bytes_max);
        if (!document) {
            std::cerr << sha256 << ": " << document.error().line() << '\n';
            return;
        }
        ++totals_.payloads;
        mapping::map_documents(mapping_, document->parts, [&](mapping::MappedRecord&& record) {
            if (record.notice && mapping_.merging) {
                compare_part(record, sha256);
            } else if (record.notice) {
                compare(*record.notice, sha256);
            }
            if (record.is_quarantined) ++totals_.quarantined;
        });
    }

    const Totals& totals() const { return totals_; }

  private:
    // Only against the revision that came from this payload: older payloads hold older words.
    void compare(const model::Notice& notice, const std::string& sha256) {
        store::Notices notices(session_);
        const auto stored = notices.get(notice.id);
        if (!stored || stored->raw_sha256 != sha256) return;
        const auto before = json::read_kept_notice(stored->json);
        if (!before) return;
        if (tell(*before, notice) && !is_dry_) store(notice, *stored);
    }

    // Whether they differ.
    bool tell(const model::Notice& before, const model::Notice& after) {
        const auto differences = model::difference(before, after);
        ++(differences.empty() ? totals_.unchanged : totals_.changed);
        for (const auto& difference : differences) {
            std::cout << after.id << '\t' << difference.path << '\t' << difference.before << '\t'
                      << difference.after << '\n';
        }
        return !differences.empty();
    }

    // The notice as it would be of this part anew and the others as they are.
    void compare_part(const mapping::MappedRecord& record, const std::string& sha256) {
        store::WriteTransaction transaction(session_);
        const Instant now = SystemClock().now();
        ingest::RecordStore records(session_, mapping_, now);
        store::Notices notices(session_);
        const auto known = records.known_part(record);
        const auto before = notices.get(record.notice->id);
        if (!known || known->raw_sha256 != sha256 || !before) return;
        records.put(record, ingest::text_of(*record.notice), sha256);
        const auto after = notices.get(record.notice->id);
        const auto old_notice = json::read_kept_notice(before->json);
        const auto new_notice = json::read_kept_notice(after->json);
        if (!old_notice || !new_notice) return;
        if (!tell(*old_notice, *new_notice) || is_dry_) return;
        keep_vanished(record.notice->id, before->state, now);
        transaction.commit();
    }

    void store(const model::Notice& notice, const store::StoredNotice& before) {
        const ingest::NoticeText text = ingest::text_of(notice);
        const Instant now = SystemClock().now();
        store::WriteTransaction transaction(session_);
        ingest::store_notice(session_, notice, text, before.raw_sha256, now);
        keep_vanished(notice.id, before.state, now);
        transaction.commit();
    }

    // Reading it anew does not bring it back to its source.
    void keep_vanished(const std::string& id, const std::string& state, Instant now) {
        if (state != "vanished") return;
        const auto marked = store::Notices(session_).mark_vanished(id, now);
        if (!marked) throw Failure(marked.error());
    }

    store::Session& session_;
    const mapping::Mapping& mapping_;
    bool is_dry_;
    Totals totals_;
};

Result<int> run(const Arguments& arguments) {
    if (arguments.words().size() != 1) return Error{ErrorCode::usage, "give one SOURCE"};
    const std::string& source = arguments.words().front();
    const auto settings = load_settings(arguments);
    const auto mappings = open_mappings(settings.data_mappings);
    const auto mapping = load_known_mapping(mappings, source);
    if (!mapping) return mapping.error();
    const auto database = open_migrated_database(settings);
    const store::SessionLease session = database->lease();
    Remap remap(*session, *mapping, arguments.has("dry-run"));
    if (mapping->merging) {
        for (const std::string& sha256 : store::NoticeParts(*session).payloads(source))
            remap.run(sha256);
    } else {
        for (const std::string& sha256 : payloads_of(*session, source))
            remap.run(sha256);
    }
    const Totals& totals = remap.totals();
    std::cerr << source << ": " << totals.payloads << " payloads, " << totals.changed
              << " notices changed, " << totals.unchanged << " unchanged, " << totals.quarantined
              << " quarantined\n";
    return totals.quarantined > 0 ? exit_quarantined : exit_done;
}

}  // namespace

const Command& remap_command() {
    static const Command command{
        .name = "remap",
        .summary = "run a source's archive again through today's mapping",
        .words = "SOURCE",
        .options = with_settings({{"dry-run", "", "show what would change and store nothing"}}),
        .details =
            "One line a field that differs: notice, field, before, after, with tabs between.\n"
            "Exit codes: 0 all is well, 3 records were quarantined.",
        .run = run};
    return command;
}

}  // namespace recall::ops
