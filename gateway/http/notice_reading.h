#pragma once
// What helps people to read notices, beside the notices themselves. Any thread.

#include "gateway/http/api.h"
#include "gateway/model/notice.h"

namespace recall::json {
class Writer;
}

namespace recall::http {

// {"id": "…", "en": "…", "zh-CN": "…"}; languages only as far as there is a line.
void write_lines(json::Writer& out, const Api& api, const model::Notice& notice);

}  // namespace recall::http
