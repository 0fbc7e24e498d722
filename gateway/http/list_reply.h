#pragma once
// A page of a list as the API gives it: {"<name>": [rows], "cursor": "…"}. Pure; any thread.

#include <string_view>
#include <utility>

#include "gateway/http/message.h"
#include "gateway/json/writer.h"
#include "gateway/store/page.h"

namespace recall::http {

// `write_row` takes the writer and a row; a row it writes nothing for is left out. `write_more`
// takes the writer when the rows are written, for members beside them.
template <class T, class WriteRow, class WriteMore>
Reply list_reply(std::string_view name, const store::Page<T>& page, WriteRow write_row,
                 WriteMore write_more) {
    json::Writer out;
    out.begin_object().key(name).begin_array();
    for (const T& row : page.rows)
        write_row(out, row);
    out.end_array();
    write_more(out);
    if (!page.cursor.empty()) out.member("cursor", page.cursor);
    out.end_object();
    Reply reply;
    reply.body = std::move(out).text();
    return reply;
}

template <class T, class WriteRow>
Reply list_reply(std::string_view name, const store::Page<T>& page, WriteRow write_row) {
    return list_reply(name, page, write_row, [](json::Writer&) {});
}

}  // namespace recall::http
