#pragma once
// All that an adapter sees of a run. It drives the requests of its wire format and hands each
// document to the Intake, which fetches it politely, archives it, checks it, maps and stores its
// records, and remembers what went wrong. The plan is plain data of the mapping file. One thread.

#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/date.h"
#include "gateway/base/result.h"
#include "gateway/mapping/fetch_plan.h"
#include "gateway/net/fetch.h"
#include "gateway/xml/document.h"

namespace recall::ingest {

using mapping::DocumentFormat;
using mapping::DocumentRules;
using mapping::FetchDetail;
using mapping::FetchEntries;
using mapping::FetchHeader;
using mapping::FetchList;
using mapping::FetchPages;
using mapping::FetchPlan;
using mapping::FetchWindows;
using mapping::ListUse;
using mapping::WindowUnit;

// full: the lists for full and every run; incremental: those for incremental and every run.
enum class Scope { full, incremental };

struct Task {
    const FetchPlan& plan;
    Scope scope = Scope::full;
    Date since;             // {since} before the list's overlap
    Date today;             // at the source
    bool is_first = false;  // complete, and the source was never run before
};

// A document to be had.
struct Wanted {
    std::string key;                  // names it within its source, the same in every run
    std::string url;                  // placeholders filled in
    std::string body;                 // of a POST, likewise
    const FetchList* list = nullptr;  // whose document it is: one of the two
    const FetchDetail* detail = nullptr;
    std::string entry;  // of a detail: text that changes with it
};

// What the records of a document came to.
struct Taken {
    long long records = 0;
    long long new_or_changed = 0;
    std::string next{};    // the page after it as the page names it; empty: there is none
    std::string sha256{};  // of the document's bytes
};

// A listing as the tree that its entries are found in.
using ParseListing = Result<xml::Document> (*)(std::string_view bytes, const DocumentRules& rules);

// A listing that leads to documents.
struct Listing {
    xml::Document tree;
    std::string url;  // where it came from, for relative links
};

// What is known of a document that a listing names.
enum class Knowledge {
    none,      // never stored
    changed,   // its entry reads otherwise than when it was stored
    outdated,  // stored by another version of the mapping
    same,
    aside,  // it leads nowhere, and is not to be asked for again yet
};

// Whether the listing named every record there is, as its plan says it does.
enum class Coverage { complete, partial };

class Intake {
  public:
    virtual ~Intake() = default;

    // Fetches a document and stores its records. A failure is noted for the run.
    virtual Result<Taken> take(const Wanted& wanted) = 0;

    // Fetches several documents and stores their records as those of one document called `key`:
    // rows of a record may stand in any of them. When one of them fails, nothing changes.
    virtual Result<Taken> take_together(const std::string& key,
                                        const std::vector<Wanted>& wanted) = 0;

    // The records of the stored copy once more, without fetching: for outdated ones.
    virtual Result<Taken> take_archived(const Wanted& wanted) = 0;

    // Fetches a listing whose entries lead to documents. A failure is noted for the run.
    virtual Result<Listing> list(const Wanted& wanted, ParseListing parse) = 0;

    // Notes that the listing names a document, and says what is known of it.
    virtual Knowledge notice_entry(const Wanted& wanted) = 0;

    // Something about the whole run that a person should know.
    virtual void complain(const Error& error) = 0;

    // Stopped, or so much went wrong that asking on is no use.
    virtual bool is_over() const = 0;
};

// Carries a plan out. Whatever fails, the rest goes on, until the intake is over.
using Adapter = Coverage (*)(const Task& task, Intake& intake);

}  // namespace recall::ingest
