#include "gateway/ingest/replay.h"

#include <algorithm>
#include <map>

#include "gateway/base/failure.h"
#include "gateway/ingest/archived_document.h"
#include "gateway/ingest/record_store.h"
#include "gateway/mapping/map_document.h"
#include "gateway/store/documents.h"
#include "gateway/store/raw_archive.h"
#include "gateway/store/runs.h"
#include "gateway/store/source_state.h"

namespace recall::ingest {
namespace {

using Rows = std::map<std::string, store::QuarantinedRecord>;  // by locator

class Replay {
  public:
    Replay(store::Database& database, const Clock& clock, const mapping::Mapping& mapping)
        : database_(database), clock_(clock), mapping_(mapping) {}

    // By document, because a record may need what stands around it there.
    std::map<std::string, Rows> open_rows(const std::vector<long long>& ids) {
        std::map<std::string, Rows> out;
        const store::SessionLease session = database_.lease();
        std::string cursor;
        do {
            auto page = store::Quarantine(*session).list(
                mapping_.source, store::QuarantineState::open, cursor, store::page_rows_max);
            if (!page) throw Failure(page.error());
            for (store::QuarantinedRecord& row : page->rows) {
                const bool is_asked = ids.empty() || std::ranges::find(ids, row.id) != ids.end();
                // An entry that led nowhere has no document to read again.
                if (is_asked && row.raw_sha256.empty()) {
                    outcomes_.push_back({row.id, row.key, ReplayOutcome::Kind::open, row.issues});
                } else if (is_asked) {
                    out[row.raw_sha256].insert_or_assign(row.locator, std::move(row));
                }
            }
            cursor = page->cursor;
        } while (!cursor.empty());
        return out;
    }

    void read_document(const std::string& sha256, const Rows& rows) {
        const ArchivedDocument document = [&] {
            const store::SessionLease session = database_.lease();
            Result<ArchivedDocument> found =
                archived_document(*session, sha256, replayed_bytes_max);
            if (!found) throw Failure(found.error());
            return std::move(*found);
        }();
        mapping::map_documents(mapping_, document.parts, [&](mapping::MappedRecord&& record) {
            const auto row = rows.find(std::to_string(record.number));
            if (row == rows.end()) return;
            judge(row->second, record, document.fetched_at);
        });
    }

    std::vector<ReplayOutcome> outcomes() && { return std::move(outcomes_); }

  private:
    void judge(const store::QuarantinedRecord& row, const mapping::MappedRecord& record,
               Instant fetched_at) {
        ReplayOutcome outcome{row.id, record.key, ReplayOutcome::Kind::open, record.issues};
        const Instant now = clock_.now();
        store::in_write_transaction(database_, [&](store::Session& session) {
            store::Quarantine quarantine(session);
            outcome.kind = ReplayOutcome::Kind::open;
            if (!record.notice) {
                store::QuarantinedRecord again = row;
                again.issues = record.issues;
                again.bytes = record.raw;
                quarantine.add(again, now);
                return;
            }
            const bool is_stored = store(session, row, record, fetched_at);
            outcome.kind =
                is_stored ? ReplayOutcome::Kind::stored : ReplayOutcome::Kind::superseded;
            const std::string why =
                is_stored ? "mapped by " + mapping_.stamp() : "a newer copy of it is stored";
            const auto resolved =
                quarantine.resolve(row.id, store::QuarantineState::replayed, "mapping", why, now);
            if (!resolved) throw Failure(resolved.error());
        });
        outcomes_.push_back(std::move(outcome));
    }

    // False when what is stored came later than this copy.
    bool store(store::Session& session, const store::QuarantinedRecord& row,
               const mapping::MappedRecord& record, Instant fetched_at) {
        RecordStore records(session, mapping_, clock_.now());
        if (const auto present = payload_of(session, records, record)) {
            const auto newer = store::RawArchive(session).find(*present);
            if (newer && newer->fetched_at > fetched_at) return false;
        }
        const auto put = records.put(record, text_of(*record.notice), row.raw_sha256);
        note_present(session, row, record.key, put.content_hash);
        return true;
    }

    // The payload of what the record would replace.
    std::optional<std::string> payload_of(store::Session& session, RecordStore& records,
                                          const mapping::MappedRecord& record) const {
        if (mapping_.merging) {
            const auto known = records.known_part(record);
            return known ? std::optional(known->raw_sha256) : std::nullopt;
        }
        const auto present = store::Notices(session).get(record.notice->id);
        return present ? std::optional(present->raw_sha256) : std::nullopt;
    }

    // While its document still reads so, the record is at its source; otherwise the next run says.
    void note_present(store::Session& session, const store::QuarantinedRecord& row,
                      const std::string& key, const std::string& content_hash) {
        const std::string document = row.key.substr(0, row.key.rfind('#'));
        store::Documents documents(session);
        const auto present = documents.find(mapping_.source, document);
        const bool is_known = store::Fingerprints(session).find(mapping_.source, key).has_value();
        const bool is_current = present && present->fingerprint.starts_with(row.raw_sha256);
        if (!is_known && !is_current) return;
        const auto latest = store::Runs(session).latest(mapping_.source);
        const long long run = latest ? latest->id : 0;
        store::Fingerprints(session).touch(mapping_.source, key, content_hash, run);
        if (is_current) documents.note_record(mapping_.source, document, key, run);
    }

    store::Database& database_;
    const Clock& clock_;
    const mapping::Mapping& mapping_;
    std::vector<ReplayOutcome> outcomes_;
};

}  // namespace

std::vector<ReplayOutcome> replay(store::Database& database, const Clock& clock,
                                  const mapping::Mapping& mapping,
                                  const std::vector<long long>& ids) {
    Replay replay(database, clock, mapping);
    for (const auto& [sha256, rows] : replay.open_rows(ids))
        replay.read_document(sha256, rows);
    return std::move(replay).outcomes();
}

}  // namespace recall::ingest
