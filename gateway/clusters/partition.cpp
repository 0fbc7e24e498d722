#include "gateway/clusters/partition.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <map>
#include <string_view>
#include <tuple>

namespace recall::clusters {
namespace {

using model::LinkReason;

struct Edge {
    LinkReason reason = LinkReason::shared_model;
    std::size_t a = 0;
    std::size_t b = 0;
    long long days = 0;  // apart
};

// A notice that the other authority has is named by every notice about it, so this reason may lead
// two notices of one authority to the same place; only one of them tells the same.
bool needs_other_tellers(LinkReason reason) {
    return reason == LinkReason::joint_recall || is_concluded(reason);
}

class Groups {
  public:
    Groups(const std::vector<Node>& nodes, const Pairs& apart) : nodes_(nodes), apart_(apart) {
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            group_of_.push_back(i);
            groups_.push_back({i});
        }
    }

    const std::vector<std::size_t>& numbers() const { return group_of_; }

    bool is_same(const Edge& edge) const { return group_of_[edge.a] == group_of_[edge.b]; }

    const std::vector<std::size_t>& group(std::size_t node) const {
        return groups_[group_of_[node]];
    }

    bool may_join(const Edge& edge) const {
        const auto& ours = group(edge.a);
        const auto& theirs = group(edge.b);
        if (ours.size() + theirs.size() > cluster_notices_max) return false;
        return std::ranges::all_of(ours, [&](std::size_t a) {
            return std::ranges::all_of(
                theirs, [&](std::size_t b) { return are_compatible(edge.reason, a, b); });
        });
    }

    void join(const Edge& edge) {
        const std::size_t to = group_of_[edge.a];
        const std::size_t from = group_of_[edge.b];
        for (const std::size_t node : groups_[from]) {
            group_of_[node] = to;
            groups_[to].push_back(node);
        }
        groups_[from].clear();
    }

  private:
    bool are_compatible(LinkReason reason, std::size_t a, std::size_t b) const {
        const auto [first, second] = std::minmax(nodes_[a].id, nodes_[b].id);
        if (apart_.contains({first, second})) return false;
        return !needs_other_tellers(reason) || nodes_[a].teller != nodes_[b].teller;
    }

    const std::vector<Node>& nodes_;
    const Pairs& apart_;
    std::vector<std::size_t> group_of_;
    std::vector<std::vector<std::size_t>> groups_;
};

long long days_apart(const Node& one, const Node& other) {
    constexpr long long unknown = std::numeric_limits<long long>::max();
    return one.day && other.day ? std::abs(*one.day - *other.day) : unknown;
}

// The strongest edge of each pair; strongest first, then those told closest together.
std::vector<Edge> sorted_edges(const std::vector<Node>& nodes,
                               const std::vector<model::NoticeLink>& links) {
    std::map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < nodes.size(); ++i)
        places[nodes[i].id] = i;
    std::map<std::pair<std::size_t, std::size_t>, LinkReason> strongest;
    for (const model::NoticeLink& link : links) {
        const auto a = places.find(link.a);
        const auto b = places.find(link.b);
        if (a == places.end() || b == places.end()) continue;
        const auto edge = strongest.try_emplace({a->second, b->second}, link.reason).first;
        edge->second = std::min(edge->second, link.reason);
    }
    std::vector<Edge> edges;
    for (const auto& [pair, reason] : strongest)
        edges.push_back(
            {reason, pair.first, pair.second, days_apart(nodes[pair.first], nodes[pair.second])});
    std::ranges::sort(edges, {}, [&nodes](const Edge& edge) {
        return std::tie(edge.reason, edge.days, nodes[edge.a].id, nodes[edge.b].id);
    });
    return edges;
}

// Pairs of parts that a conclusion links; a part is what strong links made.
using PartPairs = std::set<std::pair<std::size_t, std::size_t>>;

std::pair<std::size_t, std::size_t> pair_of(std::size_t a, std::size_t b) {
    return {std::min(a, b), std::max(a, b)};
}

std::vector<std::size_t> parts_of(const std::vector<std::size_t>& group,
                                  const std::vector<std::size_t>& part_of) {
    std::vector<std::size_t> parts;
    for (const std::size_t node : group)
        parts.push_back(part_of[node]);
    std::ranges::sort(parts);
    parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
    return parts;
}

bool are_all_linked(const std::vector<std::size_t>& ours, const std::vector<std::size_t>& theirs,
                    const PartPairs& linked) {
    return std::ranges::all_of(ours, [&](std::size_t a) {
        return std::ranges::all_of(theirs,
                                   [&](std::size_t b) { return linked.contains(pair_of(a, b)); });
    });
}

void join_by_conclusions(const std::vector<Edge>& edges, std::size_t first, Groups& groups) {
    const std::vector<std::size_t> part_of = groups.numbers();
    PartPairs linked;
    for (std::size_t i = first; i < edges.size(); ++i)
        linked.insert(pair_of(part_of[edges[i].a], part_of[edges[i].b]));
    for (std::size_t i = first; i < edges.size(); ++i) {
        const Edge& edge = edges[i];
        if (groups.is_same(edge) || !groups.may_join(edge)) continue;
        if (are_all_linked(parts_of(groups.group(edge.a), part_of),
                           parts_of(groups.group(edge.b), part_of), linked)) {
            groups.join(edge);
        }
    }
}

}  // namespace

std::vector<std::string> partition(const std::vector<Node>& nodes,
                                   const std::vector<model::NoticeLink>& links,
                                   const Pairs& apart) {
    const std::vector<Edge> edges = sorted_edges(nodes, links);
    Groups groups(nodes, apart);
    std::size_t next = 0;
    for (; next < edges.size() && !is_concluded(edges[next].reason); ++next) {
        if (!groups.is_same(edges[next]) && groups.may_join(edges[next])) groups.join(edges[next]);
    }
    join_by_conclusions(edges, next, groups);
    std::vector<std::string> firsts;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const auto& group = groups.group(i);
        firsts.push_back(
            nodes[*std::ranges::min_element(
                      group, {},
                      [&nodes](std::size_t node) -> const std::string& { return nodes[node].id; })]
                .id);
    }
    return firsts;
}

}  // namespace recall::clusters
