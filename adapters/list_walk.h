#pragma once
// The requests of a plan's lists, one after the other: lists used in this scope, their windows of
// time newest first, their pages. What all adapters share. One thread.

#include <functional>

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

using PageSink = std::function<Page(const ingest::Wanted& wanted)>;

// complete: every list that names all records was walked to its end, and there was one.
ingest::Coverage walk_lists(const ingest::Task& task, ingest::Intake& intake, const PageSink& sink);

}  // namespace recall::adapters
