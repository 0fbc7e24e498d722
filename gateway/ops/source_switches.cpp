#include "gateway/ops/source_switches.h"

#include <algorithm>

#include "gateway/base/near_miss.h"

namespace recall::ops {
namespace {

using Names = std::set<std::string, std::less<>>;

Names words(std::string_view text) {
    constexpr std::string_view separators = " ,\t\r\n";
    Names out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of(separators, at), text.size());
        if (end > at) out.emplace(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

Result<Names> known_names(std::string_view setting, std::string_view text,
                          const std::vector<std::string>& sources) {
    Names names = words(text);
    for (const std::string& name : names) {
        if (std::ranges::find(sources, name) != sources.end()) continue;
        const std::vector<std::string_view> choices(sources.begin(), sources.end());
        return Error{ErrorCode::config, std::string(setting) + ": there is no source " + name +
                                            did_you_mean(name, choices)};
    }
    return names;
}

}  // namespace

Result<SourceSwitches> SourceSwitches::read(const settings::Settings& settings,
                                            const mapping::MappingFolder& mappings) {
    const std::vector<std::string> sources = mappings.sources();
    Result<Names> enabled = known_names("poll.enable", settings.poll_enable, sources);
    if (!enabled) return enabled.error();
    Result<Names> disabled = known_names("poll.disable", settings.poll_disable, sources);
    if (!disabled) return disabled.error();
    for (const std::string& name : *enabled) {
        if (disabled->contains(name)) {
            return Error{ErrorCode::config,
                         "both poll.enable and poll.disable name the source " + name};
        }
    }
    SourceSwitches out;
    out.enabled_ = std::move(*enabled);
    out.disabled_ = std::move(*disabled);
    return out;
}

std::string SourceSwitches::off_because(const mapping::Mapping& mapping) const {
    if (disabled_.contains(mapping.source)) return "poll.disable names it";
    if (!mapping.fetch || enabled_.contains(mapping.source)) return {};
    return mapping.fetch->off_because;
}

}  // namespace recall::ops
