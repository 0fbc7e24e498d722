#pragma once
// A takedown case as JSON, the same for the API and the commands. Absent members are left out.
// Any thread.

#include "gateway/json/writer.h"
#include "gateway/store/cases.h"

namespace recall::cases {

void write_case(json::Writer& out, const store::TakedownCase& found);

}  // namespace recall::cases
