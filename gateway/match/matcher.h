#pragma once
// Finds the recall notices that a listing may be about. Holds an index of notices that changes
// while others check: a check sees the index as it was when the check began. Every member may be
// called from any thread; changes wait for each other, checks wait for nobody. Knows no database
// and no format: it takes notices and listings and gives matches with their evidence.

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "gateway/match/lexicon.h"
#include "gateway/match/picture_book.h"
#include "gateway/model/listing.h"
#include "gateway/model/match.h"
#include "gateway/model/notice.h"

namespace recall::match {

struct CheckOptions {
    double min_score = 0.2;  // candidates below are left out, those above told even as no_match
    std::size_t most = 10;   // how many notices at most, best first
    // What the listing's pictures look like, and the book to look them up in. A notice with such a
    // picture is a candidate whatever the title says.
    std::span<const model::PictureHash> pictures{};
    const PictureBook* book = nullptr;
};

struct IndexFacts {
    std::uint64_t version = 0;  // counts the changes
    std::size_t notices = 0;
    std::size_t products = 0;
    std::size_t bytes = 0;  // of memory, without the lexicon
};

// The answer to one check.
struct CheckResult {
    std::uint64_t index_version = 0;
    std::vector<model::Match> matches;  // one a notice, by its best product; best first
};

struct Snapshot;

class Matcher {
  public:
    explicit Matcher(std::shared_ptr<const Lexicon> lexicon);
    ~Matcher();
    Matcher(const Matcher&) = delete;
    Matcher& operator=(const Matcher&) = delete;

    // These notices and no others.
    void replace(std::span<const model::Notice> notices);

    // In one step: takes the notices out that `removed` names, and puts `notices` in, each in the
    // place of the one with its id. An id that is not there is passed over.
    void update(std::span<const model::Notice> notices, std::span<const std::string> removed = {});

    CheckResult check(const model::Listing& listing, const CheckOptions& options = {}) const;

    IndexFacts facts() const;

  private:
    std::shared_ptr<const Snapshot> snapshot() const;
    void publish(std::shared_ptr<const Snapshot> next);

    std::shared_ptr<const Lexicon> lexicon_;
    std::mutex changing_;          // one change at a time
    mutable std::mutex pointing_;  // guards snapshot_, held only to copy it
    std::shared_ptr<const Snapshot> snapshot_;
};

}  // namespace recall::match
