#pragma once
// The records of one document into the store, in transactions of bounded size: notices and their
// revisions, fingerprints, quarantine. The document itself counts as stored only with its last
// record. One thread. Throws Failure when the database refuses.

#include <optional>
#include <string>
#include <vector>

#include "gateway/ingest/record_store.h"
#include "gateway/ingest/run_work.h"
#include "gateway/ingest/source.h"
#include "gateway/mapping/map_document.h"
#include "gateway/store/documents.h"

namespace recall::ingest {

inline constexpr std::size_t record_key_bytes_max = 500;

// A record's place, which names it in the quarantine when it has no key of its own; 0 is that of
// the document itself.
std::string place_of(std::string_view document, long number);

// provisional: records that are known already stay as they are; another list brought them, or will.
enum class Standing { believed, provisional };

class RecordWriter {
  public:
    RecordWriter(RunWork& work, std::string document, std::string raw_sha256,
                 Standing standing = Standing::believed);

    void add(mapping::MappedRecord&& record);

    // Stores what is left. With a document these were all its records, and it is saved with them;
    // without, it broke off, and what it held before is still believed.
    void finish(const store::SourceDocument* document);

    const Taken& taken() const { return taken_; }

  private:
    struct Pending {
        mapping::MappedRecord record;
        NoticeText text;
    };
    // What one transaction came to.
    struct Tally {
        long long created = 0;
        long long changed = 0;
        long long unchanged = 0;
        long long quarantined = 0;
        long long nameless = 0;
        long long told = 0;  // notices that a remark changed; no records
    };

    void flush(const store::SourceDocument* document);
    void store_batch(store::Session& session, Tally& tally);
    void store_good(store::Session& session, const Pending& pending, Tally& tally);
    bool is_twin(store::Session& session, const Pending& pending, bool is_first) const;
    std::string quarantine_name(const std::string& key) const;
    void quarantine(store::Session& session, const mapping::MappedRecord& record,
                    const std::string& key, Tally& tally);

    RunWork& work_;
    std::string document_;
    std::string raw_sha256_;
    Standing standing_;
    std::vector<Pending> pending_;
    std::vector<mapping::Remark> remarks_;
    std::size_t bytes_ = 0;
    bool is_nameless_ = false;  // one of its records could not be told by key
    Taken taken_;
};

}  // namespace recall::ingest
