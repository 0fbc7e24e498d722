#pragma once
// Mapped records into the store, inside a WriteTransaction: as notices, or where the mapping makes
// notices of parts, as one part, after which the notice is made anew of all. Remarks likewise: each
// reaches the notice that it names, whichever came first. One thread. Throws Failure(database).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/ingest/store_notice.h"
#include "gateway/mapping/map_document.h"
#include "gateway/store/notice_parts.h"

namespace recall::ingest {

class RecordStore {
  public:
    RecordStore(store::Session& session, const mapping::Mapping& mapping, Instant now)
        : session_(session), mapping_(mapping), now_(now) {}

    // What is stored of the record's part.
    struct Known {
        std::string content_hash;
        std::string raw_sha256;
    };
    std::optional<Known> known_part(const mapping::MappedRecord& record);

    struct Put {
        store::NoticeOutcome outcome;
        std::string content_hash;  // of the notice
    };
    // `text` is of the record's notice.
    Put put(const mapping::MappedRecord& record, const NoticeText& text,
            std::string_view raw_sha256);

    // These are all the remarks of the document. Gives how many notices changed.
    long long put_remarks(const std::string& document, const std::vector<mapping::Remark>& remarks,
                          const std::string& raw_sha256);

  private:
    model::Notice assembled(const std::string& key);
    std::vector<mapping::Remark> remarks_on(const std::string& number);
    // The key of the one notice that has the number, or had it before it was given another.
    std::string key_of(const std::string& number);
    bool remake(const std::string& key, std::string_view raw_sha256);

    store::Session& session_;
    const mapping::Mapping& mapping_;
    Instant now_;
};

}  // namespace recall::ingest
