#pragma once
// The records of a long XML document, one at a time: memory holds one record and the container's
// other children (which a mapping reaches as "../report_date"), however long the document is.
// A record over the limits is passed over and reported. One that is not well formed is handed out
// as the bytes it has, and reading begins again at the next start tag of a record: strictly, by the
// tags outside CDATA and comments. A document that breaks off gives the records before the break.
// One thread.

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/base/byte_source.h"
#include "gateway/base/result.h"
#include "gateway/xml/document.h"

namespace recall::xml {

// What the containers may hold beside the records.
inline constexpr std::size_t container_bytes_max = 4U << 20U;
// Of one document. What stands around the records is read again after each of them.
inline constexpr std::size_t broken_records_max = 1000;
inline constexpr std::size_t head_bytes_max = 256U << 10U;

struct RecordSinks {
    // The record, valid during the call.
    std::function<void(Node)> record;
    // A record that was passed over; `Node` is what was read of it.
    std::function<void(Node, const Error&)> refused;
    // A record that is not well formed, and its bytes up to the next one. Without this the document
    // is given up there.
    std::function<void(std::string_view, const Error&)> broken = {};
};

// `path` names the elements from the root to the record: {"Safety-Gate", "notifications"}.
// The limits are those of one record. Returns what is left when the records are taken out: root and
// containers. Fails with truncated, bad_xml, bad_encoding, doctype, limit or wrong_document
// (another root than the path's).
Result<Document> read_records(const ByteSource& source, std::span<const std::string> path,
                              const Limits& limits, const RecordSinks& sinks);

}  // namespace recall::xml
