#pragma once
// What a mapping may give to a member of the notice: what the schemas let stand there
// (model/notice_forms.h), and stricter: codes are those of mappings/codes, check digits are right,
// addresses are absolute. Pure; any thread.

#include <string>
#include <string_view>

#include "gateway/base/errors.h"
#include "gateway/mapping/code_table.h"
#include "gateway/model/notice_forms.h"

namespace recall::mapping {

bool fits(model::Form form, std::string_view value, const CodeTables& tables);

// "; expected one of: a, b" or "; expected a currency of …".
std::string expectation(model::Form form, std::string_view value, const CodeTables& tables);

// How a value that does not fit is told.
ErrorCode misfit_code(model::Form form);

}  // namespace recall::mapping
