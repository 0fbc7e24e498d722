#pragma once
// Which linked notices make a cluster. Strong links chain, conclusions do not: they join two groups
// only when every part of one is linked with every part of the other. An authority tells a recall
// once, so a conclusion never brings two notices of one authority together. The outcome does not
// depend on the order of the input. Pure; any thread.

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gateway/model/cluster.h"

namespace recall::clusters {

// Larger ones are no recall told by several, but a chain of mistakes.
inline constexpr std::size_t cluster_notices_max = 30;

struct Node {
    std::string id;
    std::string teller;
    std::optional<long long> day;  // when it was told
};

// Pairs of ids, the smaller first.
using Pairs = std::set<std::pair<std::string, std::string>>;

// For each node the id of the first in its cluster. A link that leads out of `nodes` is passed
// over. `apart`: never in one cluster.
std::vector<std::string> partition(const std::vector<Node>& nodes,
                                   const std::vector<model::NoticeLink>& links, const Pairs& apart);

}  // namespace recall::clusters
