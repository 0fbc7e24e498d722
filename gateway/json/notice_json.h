#pragma once
// The canonical notice as JSON: one line, members in the order of model/notice_fields.h, absent
// members left out. Reading is strict: unknown members, wrong types, empty strings, texts that XML
// could not carry and words outside a vocabulary are refused. Any thread.
// gateway/json/schemas/notice.schema.json is the same contract for others.

#include <string>
#include <string_view>

#include "gateway/base/result.h"
#include "gateway/json/writer.h"
#include "gateway/model/notice.h"
#include "gateway/xml/document.h"

namespace recall::json {

std::string write_notice(const model::Notice& notice);

// The same as a value inside something larger.
void write_notice(Writer& out, const model::Notice& notice);

// Fails as json::parse does, or with schema, naming the member's path.
Result<model::Notice> read_notice(std::string_view bytes, const xml::Limits& limits = {});

// A notice of ours that is kept somewhere, of whatever version: its vocabularies are not judged.
Result<model::Notice> read_kept_notice(std::string_view bytes);

// A notice as the store has it, made whole: the stored bytes know neither their revision nor that
// the source no longer has the record (state "vanished").
Result<model::Notice> read_stored_notice(std::string_view bytes, long long revision,
                                         std::string_view state);

}  // namespace recall::json
