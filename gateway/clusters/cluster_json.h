#pragma once
// A notice's cluster as people and programs see it: the other notices that tell the same recall,
// each with its reasons, links that led to no common cluster, and what people ruled. Reads from a
// session; one thread.
// {"cluster": "<first id>", "members": [{"id", "title", "authority", "country", "published_on",
//   "updated_on", "language", "url", "kind", "status", "reasons": [{"reason", "with", "field",
//   "value", "firm"}]}], "links_outside": [{"a", "b", "reason", "field", "value", "firm"}],
//   "rulings": [{"a", "b", "verdict", "by", "because", "at"}]}

#include <optional>
#include <string>

#include "gateway/json/writer.h"
#include "gateway/store/session.h"

namespace recall::clusters {

// What people wrote for each other is not for platforms.
enum class Audience { staff, platform };

// Nothing when no such notice is stored. A notice that is alone has itself as only member.
std::optional<std::string> cluster_of_notice(store::Session& session, const std::string& notice,
                                             Audience audience);

// The same of a cluster by its name; nothing when it has no member.
std::optional<std::string> cluster_by_name(store::Session& session, const std::string& cluster,
                                           Audience audience);

// Whether the notice has others beside it, is linked or was ruled upon.
bool has_company(store::Session& session, const std::string& notice);

}  // namespace recall::clusters
