#pragma once
// The adapters by the name that a mapping file's <fetch adapter="…"> gives them: one for each wire
// format, none for a country. Pure; any thread.

#include <string_view>

#include "gateway/ingest/source.h"

namespace recall::adapters {

// JSON lists whose documents (pages, windows of time) hold the records.
ingest::Coverage json_list(const ingest::Task& task, ingest::Intake& intake);
// An RSS feed whose items are the records.
ingest::Coverage rss_items(const ingest::Task& task, ingest::Intake& intake);
// A JSON list whose entries lead to documents.
ingest::Coverage json_pages(const ingest::Task& task, ingest::Intake& intake);
// An XML index of XML reports.
ingest::Coverage xml_reports(const ingest::Task& task, ingest::Intake& intake);
// Lists of XML or JSON, each of which leads to documents of its own kind, or is one.
ingest::Coverage mixed_pages(const ingest::Task& task, ingest::Intake& intake);
// An RSS feed whose items lead to pages.
ingest::Coverage rss_pages(const ingest::Task& task, ingest::Intake& intake);
// An HTML list, page by page, that leads to HTML pages.
ingest::Coverage html_list(const ingest::Task& task, ingest::Intake& intake);
// Tables, maybe zipped, that are read as one; lists of another format beside them as json_list
// does.
ingest::Coverage zipped_table(const ingest::Task& task, ingest::Intake& intake);

// nullptr when there is none of that name.
ingest::Adapter find_adapter(std::string_view name);

}  // namespace recall::adapters
