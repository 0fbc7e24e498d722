#pragma once
// The documents of a source, and which records each of them holds. A present record that no
// document holds is adrift: its source took it back. Saved in the transaction that saves the
// records. One session, one thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/store/session.h"

namespace recall::store {

struct SourceDocument {
    std::string key{};            // names it within its source
    std::string fingerprint{};    // "<sha256>@<mapping version>" of the copy that was stored
    std::string entry{};          // hash of the listing's entry that led to it
    std::string etag{};           // of that copy
    std::string last_modified{};  // of that copy
    bool operator==(const SourceDocument&) const = default;
};

class Documents {
  public:
    explicit Documents(Session& session) : session_(session) {}

    std::optional<SourceDocument> find(std::string_view source, std::string_view key);
    void save(std::string_view source, const SourceDocument& document, long long run);
    // Of which no copy was ever stored, in key order, so many at most.
    std::vector<SourceDocument> without_copy(std::string_view source, std::size_t rows);
    // The run's listing names it; nothing happens when it was never saved.
    void mark_listed(std::string_view source, std::string_view key, long long run);

    // False when this run noted the record in this document before.
    bool note_record(std::string_view source, std::string_view key, std::string_view record,
                     long long run);
    // Forgets those that `run` did not find in the document.
    void forget_unnoted(std::string_view source, std::string_view key, long long run);
    long long record_count(std::string_view source, std::string_view key);

    // Present records that no document holds which a run since `run` listed, and that no such run
    // met in a document that broke off before it was ever saved; in key order, after
    // `after_record`. With run 0 every document counts.
    std::vector<std::string> adrift(std::string_view source, long long run,
                                    std::string_view after_record, std::size_t rows);
    long long adrift_count(std::string_view source, long long run);

    // Forgets documents that no run since `run` listed, with what they held.
    void forget_unlisted(std::string_view source, long long run);

  private:
    Session& session_;
};

}  // namespace recall::store
