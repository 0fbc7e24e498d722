#pragma once
// The records of a long JSON document, one at a time: memory holds one record, however long the
// document is. Records are the elements of an array: the document itself, or the member a path of
// names leads to; an object in the array's place is the only record, and without an array at the
// top each object at the top is one. A record that is not good JSON is reported and the next one
// read: where a closing bracket is missing, the next one is told by the brackets that are there. A
// document that breaks off gives the records before the break. One thread.

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/base/byte_source.h"
#include "gateway/base/result.h"
#include "gateway/xml/document.h"

namespace recall::json {

struct RecordSinks {
    // The record's tree (root "record") and its exact bytes, valid during the call.
    std::function<void(const xml::Document&, std::string_view)> record;
    // A record that could not be read: its bytes as far as they were kept, why, and where: the path
    // of the member in it, else "[3]", its place in the array.
    std::function<void(std::string_view, const Error&, const std::string&)> refused;
};

// What is thought of a comma after the last record: templates write one at times.
enum class TrailingComma { refused, passed_over };

// The limits are those of one record. Fails with truncated, bad_json or wrong_document (no array
// where the path leads).
Result<void> read_records(const ByteSource& source, std::span<const std::string> path,
                          const xml::Limits& limits, const RecordSinks& sinks,
                          TrailingComma trailing_comma = TrailingComma::refused);

}  // namespace recall::json
