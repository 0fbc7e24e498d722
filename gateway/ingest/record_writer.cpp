#include "gateway/ingest/record_writer.h"

#include <algorithm>
#include <map>

#include "gateway/store/quarantine.h"
#include "gateway/store/source_state.h"

namespace recall::ingest {

std::string place_of(std::string_view document, long number) {
    return std::string(document) + "#" + std::to_string(number);
}

RecordWriter::RecordWriter(RunWork& work, std::string document, std::string raw_sha256,
                           Standing standing)
    : work_(work),
      document_(std::move(document)),
      raw_sha256_(std::move(raw_sha256)),
      standing_(standing) {}

void RecordWriter::add(mapping::MappedRecord&& record) {
    Pending pending{std::move(record), {}};
    mapping::MappedRecord& mine = pending.record;
    if (mine.key.size() > record_key_bytes_max) {
        mine.issues.push_back(make_issue(ErrorCode::limit, "key", mine.key));
        mine.key.clear();
        mine.notice.reset();
        mine.is_quarantined = true;
    }
    std::ranges::move(mine.remarks, std::back_inserter(remarks_));
    if (mine.notice) pending.text = text_of(*mine.notice);
    bytes_ += pending.text.json.size() + mine.raw.size();
    pending_.push_back(std::move(pending));
    if (pending_.size() >= records_a_batch || bytes_ >= bytes_a_batch) flush(nullptr);
}

void RecordWriter::finish(const store::SourceDocument* document) {
    if (document != nullptr || !pending_.empty()) flush(document);
}

void RecordWriter::flush(const store::SourceDocument* document) {
    Tally tally;
    in_run_transaction(work_.parts, work_.source(), [&](store::Session& session) {
        tally = {};
        store_batch(session, tally);
        if (document == nullptr) return;
        store::Documents documents(session);
        // A record without a key may be any of those that seem to be missing.
        if (!is_nameless_) documents.forget_unnoted(work_.source(), document_, work_.run);
        documents.save(work_.source(), *document, work_.run);
        RecordStore records(session, work_.mapping, work_.parts.clock.now());
        tally.told += records.put_remarks(document_, remarks_, raw_sha256_);
        // The entry that led here may have been set aside.
        if (work_.has_quarantined) {
            store::Quarantine(session).mark_replayed(work_.source(), place_of(document_, 0),
                                                     work_.parts.clock.now());
        }
    });
    pending_.clear();
    bytes_ = 0;
    const long long records = tally.created + tally.changed + tally.unchanged + tally.quarantined;
    work_.counts.fetched += records;
    work_.counts.created += tally.created;
    work_.counts.changed += tally.changed + tally.told;
    work_.counts.unchanged += tally.unchanged;
    work_.counts.quarantined += tally.quarantined;
    work_.nameless += tally.nameless;
    taken_.records += records;
    taken_.new_or_changed += tally.created + tally.changed;
}

void RecordWriter::store_batch(store::Session& session, Tally& tally) {
    for (const Pending& pending : pending_) {
        if (pending.record.notice) {
            store_good(session, pending, tally);
        } else if (pending.record.is_quarantined) {
            quarantine(session, pending.record, pending.record.key, tally);
        }
    }
}

void RecordWriter::store_good(store::Session& session, const Pending& pending, Tally& tally) {
    const mapping::MappedRecord& record = pending.record;
    const std::string& source = work_.source();
    store::Fingerprints fingerprints(session);
    if (standing_ == Standing::provisional) {
        if (const auto known = fingerprints.find(source, record.key)) {
            store::Documents(session).note_record(source, document_, record.key, work_.run);
            fingerprints.touch(source, record.key, *known, work_.run);
            ++tally.unchanged;
            return;
        }
    }
    const bool is_first =
        store::Documents(session).note_record(source, document_, record.key, work_.run);
    if (is_twin(session, pending, is_first)) {
        // Two records under one key: neither may take the other's place unseen.
        mapping::MappedRecord twin = record;
        twin.issues.push_back(make_issue(ErrorCode::conflict, "key", record.key));
        twin.raw = pending.text.json;
        quarantine(session, twin, "", tally);
        return;
    }
    const RecordStore::Put put = RecordStore(session, work_.mapping, work_.parts.clock.now())
                                     .put(record, pending.text, raw_sha256_);
    fingerprints.touch(source, record.key, put.content_hash, work_.run);
    switch (put.outcome.change) {
        case store::NoticeChange::created:
            ++tally.created;
            break;
        case store::NoticeChange::unchanged:
            ++tally.unchanged;
            break;
        default:
            ++tally.changed;
            break;
    }
    if (!work_.has_quarantined) return;
    store::Quarantine rows(session);
    rows.mark_replayed(source, quarantine_name(record.key), work_.parts.clock.now());
    rows.mark_replayed(source, place_of(document_, record.number), work_.parts.clock.now());
}

// Whether another record of this document has its key and says otherwise.
bool RecordWriter::is_twin(store::Session& session, const Pending& pending, bool is_first) const {
    if (is_first) return false;
    const mapping::MappedRecord& record = pending.record;
    if (!work_.mapping.merging) {
        return store::Fingerprints(session).find(work_.source(), record.key) !=
               pending.text.content_hash;
    }
    const auto known =
        RecordStore(session, work_.mapping, work_.parts.clock.now()).known_part(record);
    return known && known->content_hash != pending.text.content_hash;
}

// One part of a notice that is good says nothing of another that is not.
std::string RecordWriter::quarantine_name(const std::string& key) const {
    return work_.mapping.merging ? document_ + "#key:" + key : key;
}

void RecordWriter::quarantine(store::Session& session, const mapping::MappedRecord& record,
                              const std::string& key, Tally& tally) {
    const std::string& source = work_.source();
    ++tally.quarantined;
    work_.has_quarantined = true;
    if (key.empty()) {
        is_nameless_ = true;
        ++tally.nameless;
    } else {
        // It is at its source, whatever became of it here: it has not vanished.
        store::Documents(session).note_record(source, document_, key, work_.run);
        store::Fingerprints(session).touch(source, key, "", work_.run);
    }
    store::Quarantine(session).add(
        {.source = source,
         .key = key.empty() ? place_of(document_, record.number) : quarantine_name(key),
         .issues = record.issues,
         .raw_sha256 = raw_sha256_,
         .locator = std::to_string(record.number),
         .bytes = record.raw},
        work_.parts.clock.now());
}

}  // namespace recall::ingest
