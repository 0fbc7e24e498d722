#pragma once
// The requests of a plan's lists, one after the other: lists used in this scope, their windows of
// time newest first, their pages. What all adapters share. One thread.

#include <functional>
#include <string>
#include <utility>

#include "gateway/ingest/source.h"

namespace recall::adapters {

// What a page of a list was.
enum class Page {
    failed,
    empty,  // nothing on it: the pages end here
    last,   // the pages end with it
    known,  // nothing new on it
    fresh,
};

struct PageSeen {
    // A page that does not say what comes after it.
    PageSeen(Page what) : page(what) {}
    PageSeen(Page what, const ingest::Taken& taken)
        : page(what), next(taken.next), sha256(taken.sha256) {}
    Page page;
    std::string next;    // the page after it as the page names it
    std::string sha256;  // of its bytes; empty: not told
};

using PageSink = std::function<PageSeen(const ingest::Wanted& wanted)>;

// A page that is itself a document of records.
PageSeen take_records(ingest::Intake& intake, const ingest::Wanted& wanted);

// complete: every list that names all records was walked to its end, and there was one.
ingest::Coverage walk_lists(const ingest::Task& task, ingest::Intake& intake, const PageSink& sink);

}  // namespace recall::adapters
