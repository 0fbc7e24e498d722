#pragma once
// robots.txt as RFC 9309 has it: groups by user agent, the longest matching rule wins, allow wins a
// tie, '*' and a final '$' in patterns. Pure; any thread. What cannot be read is no rule.

#include <string>
#include <string_view>
#include <vector>

namespace recall::net {

inline constexpr std::size_t robots_bytes_max = 512 * 1024;  // the rest is not looked at
inline constexpr std::size_t robots_rules_max = 10'000;

class Robots {
  public:
    // The rules that hold for `agent` (a product word such as "recallgw"; case does not matter).
    Robots(std::string_view text, std::string_view agent);

    // `path` is the path and query of a URL, as sent.
    bool allows(std::string_view path) const;

  private:
    struct Rule {
        std::string pattern;
        bool is_allowed;
    };
    std::vector<Rule> rules_;
};

}  // namespace recall::net
