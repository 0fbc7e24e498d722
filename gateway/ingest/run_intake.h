#pragma once
// The Intake of a real run: fetch → archive → check → map → store, document by document. Bytes are
// in the archive before anything looks at them; a document that fails a check or breaks off leaves
// what was stored from it before as it was. One thread. Throws Failure when the database or a disk
// refuses.

#include <optional>
#include <string>

#include "gateway/ingest/fetch_terms.h"
#include "gateway/ingest/record_writer.h"
#include "gateway/ingest/run_work.h"
#include "gateway/ingest/source.h"

namespace recall::ingest {

// So many documents that fail one after the other end a run: the site is down, or shuts us out.
inline constexpr int failures_in_a_row_max = 5;

// Of a listing, which is held in memory with its tree.
inline constexpr long long listing_bytes_max = 64LL << 20;

// Of one of several documents that are read as one.
inline constexpr long long parts_bytes_max = 512LL << 20;

class RunIntake final : public Intake {
  public:
    explicit RunIntake(RunWork& work) : work_(work) {}

    Result<Taken> take(const Wanted& wanted) override;
    Result<Taken> take_together(const std::string& key,
                                const std::vector<Wanted>& wanted) override;  // run_together.cpp
    Result<Taken> take_archived(const Wanted& wanted) override;
    Result<Listing> list(const Wanted& wanted, ParseListing parse) override;
    Knowledge notice_entry(const Wanted& wanted) override;
    void complain(const Error& error) override { work_.note(error); }
    bool is_over() const override;

  private:
    // A document as it came, archived and found to be what its rules say.
    struct Received {
        net::Fetched fetched;
        std::optional<store::SourceDocument> before;
        store::SourceDocument document;  // as it is to be saved
        Instant at;
    };

    Result<Received> receive(const Wanted& wanted);
    std::optional<store::SourceDocument> stored(const std::string& key);
    std::string fingerprint(const std::string& sha256) const;
    Date today() const;  // at the source
    // Of a listing: the body, or of one that was not modified what the archive has.
    Result<std::string> listing_bytes(const Received& received);
    void archive(const Received& received);
    Taken take_unchanged(const store::SourceDocument& document);
    Result<Taken> map(const store::SourceDocument& document, std::vector<mapping::Part> parts,
                      Standing standing = Standing::believed);
    void archive_parts(const std::string& sha256, const std::string& text);
    std::vector<mapping::Part> parts_of(const std::vector<Received>& all,
                                        const std::string& sha256);
    // An entry that leads nowhere: it is kept in the quarantine, and asked for again when it
    // changes, or ever more rarely (set_aside.h).
    void set_aside(const Wanted& wanted, const Error& error);
    // Notes the failure for the run.
    Error fail(const Wanted& wanted, Error error);

    void succeed();

    RunWork& work_;
    int failures_in_a_row_ = 0;
    bool is_shut_out_ = false;
};

// 404, where that is how the source says that a list ends or that there is none.
bool is_empty_answer(const Wanted& wanted, const Error& error);

// The SHA-256 of the copy that a document was stored from.
std::string sha256_of(const store::SourceDocument& document);

}  // namespace recall::ingest
