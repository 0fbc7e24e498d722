#pragma once
// One line that tells an analyst what a notice is about, made of its codes alone, without any
// translation: "Toys · Choking · Recall · made in China · about 9,350 pieces". What the notice does
// not say is left out. Pure; any thread.

#include <string>

#include "gateway/mapping/code_table.h"
#include "gateway/model/notice.h"

namespace recall::mapping {

enum class LineLanguage { english, chinese };

// Category, hazards, kind or main measure, origin, quantity. Numbers of the same unit and place
// are added up.
std::string summary_line(const model::Notice& notice, const CodeTables& tables,
                         LineLanguage language);

// The lines in every language there is one in: "en" and "zh-CN". None for a notice without codes.
model::Texts summary_lines(const model::Notice& notice, const CodeTables& tables);

}  // namespace recall::mapping
