#pragma once
// A stored notice as people read it on a terminal: its line of codes, its titles, and translations
// marked as a machine's. Not a format for programs: that is JSON. One thread.

#include <string>

#include "gateway/base/result.h"
#include "gateway/mapping/summary_line.h"
#include "gateway/ops/command.h"
#include "gateway/ops/notice_page.h"
#include "gateway/store/session.h"

namespace recall::ops {

// The value of --lang; nothing without one. Fails with usage for a language there is no line in.
Result<std::optional<PageLanguage>> read_language(const Arguments& arguments);

std::string line_of(const model::Notice& notice, const mapping::CodeTables& tables,
                    PageLanguage language);

// "id<TAB>date<TAB>line<TAB>title" and a line feed.
std::string row_of(const model::Notice& notice, const mapping::CodeTables& tables,
                   PageLanguage language);

// The line, where the notice comes from, and every text of it with its place and language.
std::string reading_of(store::Session& session, const model::Notice& notice,
                       const mapping::CodeTables& tables, PageLanguage language);

}  // namespace recall::ops
