#pragma once
// A document as a source sends it, or as it was archived: its records one after the other, each
// mapped. Memory holds one record of JSON, XML or a table, one page of HTML. Records made of
// several rows come when all is read; their rows wait in a temporary file. One thread a call; a
// mapping serves many.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/base/byte_source.h"
#include "gateway/mapping/engine.h"
#include "gateway/mapping/mapping_file.h"

namespace recall::mapping {

struct MappedRecord {
    long number = 0;       // from 1 in the document; 0: not a record but the document around them
    std::size_t part = 0;  // of several documents: the one in which it begins, from 0
    std::string key;
    std::string notice_part;              // of the notice, where it is made of parts
    std::optional<model::Notice> notice;  // nothing: quarantined, or not a record
    std::vector<Issue> issues;
    std::vector<Remark> remarks;  // on other notices, or on itself
    std::string raw;              // the record's own bytes, for quarantine only
    bool is_quarantined = false;
};

using MappedSink = std::function<void(MappedRecord&&)>;

struct DocumentOutcome {
    long records = 0;
    long notices = 0;
    long quarantined = 0;
    long skipped = 0;             // not among the records
    std::size_t broken_part = 0;  // of several documents: the one that is broken
    std::optional<Error> broken;  // why what follows the last record could not be read
};

// Limits of one record, whatever its source.
inline constexpr xml::Limits record_limits = {
    .bytes_max = 16U << 20U, .depth_max = 60, .nodes_max = 200'000, .text_bytes_max = 4U << 20U};
inline constexpr std::size_t page_bytes_max = 16U << 20U;

struct Part {
    ByteSource source;
    Stamp stamp;
};

// Several documents as one: rows of one record may stand in different ones. A record is stamped
// with the document in which it begins. The first document that is broken ends it, and then no
// record that is made of several rows is given.
DocumentOutcome map_documents(const Mapping& mapping, std::span<const Part> parts,
                              const MappedSink& sink);

DocumentOutcome map_document(const Mapping& mapping, const ByteSource& source, const Stamp& stamp,
                             const MappedSink& sink);

}  // namespace recall::mapping
