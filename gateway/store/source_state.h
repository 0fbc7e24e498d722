#pragma once
// What the gateway remembers about a source between runs: cursors (ETag, last id…), the fingerprint
// of every record seen, and how often each field was mapped. Saved in the transaction that saves
// the records, or a crash would skip some. One session, one thread.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/store/session.h"

namespace recall::store {

class Cursors {
  public:
    explicit Cursors(Session& session) : session_(session) {}

    std::map<std::string, std::string> all(std::string_view source);
    std::optional<std::string> get(std::string_view source, std::string_view name);
    void set(std::string_view source, std::string_view name, std::string_view value);
    void erase(std::string_view source, std::string_view name);

  private:
    Session& session_;
};

enum class Seen { created, changed, unchanged, returned };

class Fingerprints {
  public:
    explicit Fingerprints(Session& session) : session_(session) {}

    // Notes that a run saw a record, and says how it compares with the last time.
    Seen touch(std::string_view source, std::string_view key, std::string_view content_hash,
               long long run);

    std::optional<std::string> find(std::string_view source, std::string_view key);

    // Present records that `run` did not see, in key order, after `after_key`.
    std::vector<std::string> unseen(std::string_view source, long long run,
                                    std::string_view after_key, std::size_t rows);
    void mark_absent(std::string_view source, std::string_view key);

    // So that the next run treats every record as changed, as after a new mapping.
    void forget(std::string_view source);

    long long present_count(std::string_view source);

  private:
    Session& session_;
};

struct FieldCount {
    std::string path;
    long long mapped = 0;
    long long ignored = 0;
    long long unmapped = 0;
    bool operator==(const FieldCount&) const = default;
};

class FieldCoverage {
  public:
    explicit FieldCoverage(Session& session) : session_(session) {}

    void add(std::string_view source, const std::vector<FieldCount>& counts);
    std::vector<FieldCount> list(std::string_view source);
    void clear(std::string_view source);

  private:
    Session& session_;
};

}  // namespace recall::store
