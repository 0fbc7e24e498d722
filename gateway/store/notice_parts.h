#pragma once
// What notices are made of where a source tells them in several places: the latest word of each
// part, and remarks of documents on notices that they name by number. Saved in the transaction that
// saves the notice. JSON is the caller's. One session, one thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/store/session.h"

namespace recall::store {

struct StoredPart {
    std::string part{};
    std::string language{};
    std::string number{};  // by which remarks name the notice
    std::string content_hash{};
    std::string raw_sha256{};
    std::string json{};
};

struct StoredRemark {
    long long position = 0;  // in its document
    std::string number{};    // of the notice that it is about
    std::string part{};
    std::string said_on{};  // ISO; empty: not known
    std::string gives{};    // the number that it gives the notice; empty: none
    std::string raw_sha256{};
    std::string json{};
    bool operator==(const StoredRemark&) const = default;
};

class NoticeParts {
  public:
    explicit NoticeParts(Session& session) : session_(session) {}

    void save(std::string_view source, std::string_view key, const StoredPart& part);
    // In the order of part and language.
    std::vector<StoredPart> list(std::string_view source, std::string_view key);
    // At most two: more than one is one too many.
    std::vector<std::string> keys_of(std::string_view source, std::string_view number);

    std::vector<StoredRemark> remarks_in(std::string_view source, std::string_view document);
    std::vector<StoredRemark> remarks_on(std::string_view source, std::string_view number);
    void replace_remarks(std::string_view source, std::string_view document,
                         const std::vector<StoredRemark>& remarks);

    // The numbers of notices to which a remark gave this one.
    std::vector<std::string> numbers_before(std::string_view source, std::string_view number);

    // The payloads that the parts of the source came in, each once.
    std::vector<std::string> payloads(std::string_view source);

  private:
    Session& session_;
};

}  // namespace recall::store
