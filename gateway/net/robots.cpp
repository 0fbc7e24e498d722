#include "gateway/net/robots.h"

#include <algorithm>
#include <utility>

namespace recall::net {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; }

std::string lowered(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), lower);
    return out;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// Greedy matching with one point to go back to: linear in practice, quadratic at worst.
bool matches(std::string_view pattern, std::string_view path) {
    const bool is_anchored = !pattern.empty() && pattern.back() == '$';
    if (is_anchored) pattern.remove_suffix(1);
    std::size_t p = 0;
    std::size_t s = 0;
    std::size_t star = std::string_view::npos;
    std::size_t star_s = 0;
    while (true) {
        if (p == pattern.size() && (!is_anchored || s == path.size())) return true;
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            star_s = s;
        } else if (p < pattern.size() && s < path.size() && pattern[p] == path[s]) {
            ++p;
            ++s;
        } else if (star != std::string_view::npos && star_s < path.size()) {
            p = star + 1;
            s = ++star_s;
        } else {
            return false;
        }
    }
}

}  // namespace

Robots::Robots(std::string_view text, std::string_view agent) {
    text = text.substr(0, robots_bytes_max);
    const std::string ours = lowered(agent);
    std::vector<Rule> for_all;
    bool is_named = false;  // a group names us: groups for everybody do not count
    bool in_ours = false;
    bool in_all = false;
    bool is_reading_agents = false;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        line = line.substr(0, line.find('#'));
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        const std::string name = lowered(trimmed(line.substr(0, colon)));
        const std::string_view value = trimmed(line.substr(colon + 1));
        if (name == "user-agent") {
            if (!is_reading_agents) in_ours = in_all = false;
            is_reading_agents = true;
            if (value == "*") in_all = true;
            if (lowered(value) == ours) in_ours = is_named = true;
        } else if (name == "allow" || name == "disallow") {
            is_reading_agents = false;
            if (value.empty()) continue;  // "Disallow:" forbids nothing
            const Rule rule{std::string(value), name == "allow"};
            if (in_ours && rules_.size() < robots_rules_max) rules_.push_back(rule);
            if (in_all && for_all.size() < robots_rules_max) for_all.push_back(rule);
        }
    }
    if (!is_named) rules_ = std::move(for_all);
}

bool Robots::allows(std::string_view path) const {
    const Rule* best = nullptr;
    for (const Rule& rule : rules_) {
        if (!matches(rule.pattern, path)) continue;
        const bool is_better = best == nullptr || rule.pattern.size() > best->pattern.size() ||
                               (rule.pattern.size() == best->pattern.size() && rule.is_allowed);
        if (is_better) best = &rule;
    }
    return best == nullptr || best->is_allowed;
}

}  // namespace recall::net
