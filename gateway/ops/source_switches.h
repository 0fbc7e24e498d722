#pragma once
// Which sources are polled unasked: all but those that their mapping files switch off, unless
// poll.enable or poll.disable says otherwise. Immutable; any thread.

#include <set>
#include <string>

#include "gateway/base/result.h"
#include "gateway/mapping/mapping_file.h"
#include "gateway/settings/settings.h"

namespace recall::ops {

class SourceSwitches {
  public:
    // Fails with config for a name that is no source, with its near miss, and for a source that is
    // named in both lists.
    static Result<SourceSwitches> read(const settings::Settings& settings,
                                       const mapping::MappingFolder& mappings);

    // Why the source is not polled unasked; empty when it is.
    std::string off_because(const mapping::Mapping& mapping) const;

  private:
    std::set<std::string, std::less<>> enabled_;
    std::set<std::string, std::less<>> disabled_;
};

}  // namespace recall::ops
