#pragma once
// A notice as a page for people: one HTML file that stands alone, with nothing from elsewhere and
// no script. Texts say their language. For reading: the whole notice is its JSON or XML. Pure; any
// thread.

#include <string>
#include <string_view>

#include "gateway/mapping/code_table.h"
#include "gateway/model/notice.h"

namespace recall::ops {

enum class PageLanguage { english, chinese };

// The language is that of headings and codes; the notice's own texts stay as they are.
std::string notice_page(const model::Notice& notice, const mapping::CodeTables& tables,
                        PageLanguage language);

// A code in words; the code itself when the table does not know it.
std::string_view code_word(const mapping::CodeTables& tables, std::string_view table,
                           std::string_view code, PageLanguage language);

}  // namespace recall::ops
