#pragma once
// Carries a mapping out on one record: record tree and rules give a notice and issues. Pure over
// its arguments but for the marks it leaves on the tree (what was read, what is ignored). A mapping
// serves any number of threads; a record one.

#include <string>
#include <vector>

#include "gateway/base/issue.h"
#include "gateway/mapping/mapping_file.h"
#include "gateway/model/notice.h"
#include "gateway/xml/document.h"

namespace recall::mapping {

inline constexpr std::size_t record_issues_max = 100;

// What a notice says about where it comes from.
struct Stamp {
    std::string retrieved_at;  // RFC 3339; empty when it is not known
    std::string raw_sha256;
    std::string location;  // address or path of the document: $location in mapping files
};

struct Mapped {
    std::string key;
    model::Notice notice;  // as far as it could be made, also when it is not good
    std::vector<Issue> issues;
    bool is_good = false;  // key and every essential field are there; else quarantine
};

Mapped map_record(const Mapping& mapping, const RecordForm& form, xml::Node record,
                  const Stamp& stamp);

// Those of a record, or of what stands around the records.
std::vector<Remark> remarks_of(const Mapping& mapping, xml::Node node, const Stamp& stamp);

// Issues for what nobody took of the containers that record readers leave.
std::vector<Issue> unmapped_leaves(const Mapping& mapping, const RecordForm& form, xml::Node root);

}  // namespace recall::mapping
