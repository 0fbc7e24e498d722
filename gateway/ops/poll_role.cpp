#include "gateway/ops/poll_role.h"

#include <filesystem>

#include "adapters/registry.h"
#include "gateway/base/failure.h"
#include "gateway/base/uuid.h"
#include "gateway/ops/mappings.h"
#include "gateway/ops/source_switches.h"

namespace recall::ops {

net::FetcherOptions fetcher_options(const settings::Settings& settings) {
    net::FetcherOptions options;
    options.spool_folder = (std::filesystem::path(settings.data_folder) / "spool").string();
    options.proxy = settings.poll_proxy;
    options.authority_file = settings.poll_ca_file;
    options.stand_in = settings.poll_stand_in;
    std::error_code status;
    std::filesystem::create_directories(options.spool_folder, status);
    if (status) throw Failure(ErrorCode::io, options.spool_folder + ": " + status.message());
    return options;
}

Result<ingest::PolledSource> polled_source(const settings::Settings& settings,
                                           const mapping::MappingFolder& mappings,
                                           const std::string& source) {
    Result<mapping::Mapping> mapping = load_known_mapping(mappings, source);
    if (!mapping) return mapping.error();
    if (!mapping->fetch) {
        return Error{ErrorCode::bad_mapping,
                     mapping->file + " does not say how the source is fetched"};
    }
    if (!settings.poll_stand_in.empty()) {
        mapping->fetch->manners.interval_ms = 0;
        mapping->fetch->bounds.full_min = 1;
    }
    const ingest::Adapter adapter = adapters::find_adapter(mapping->fetch->adapter);
    if (adapter == nullptr) {
        return Error{ErrorCode::bad_mapping,
                     mapping->file + ": there is no adapter " + mapping->fetch->adapter};
    }
    return ingest::PolledSource{std::move(*mapping), adapter};
}

std::vector<ingest::PolledSource> polled_sources(const settings::Settings& settings,
                                                 const mapping::MappingFolder& mappings) {
    const Result<SourceSwitches> switches = SourceSwitches::read(settings, mappings);
    if (!switches) throw Failure(switches.error());
    std::vector<ingest::PolledSource> out;
    for (const std::string& id : mappings.sources()) {
        const Result<mapping::Mapping> mapping = mappings.load(id);
        if (!mapping) throw Failure(mapping.error());
        if (!mapping->fetch || !switches->off_because(*mapping).empty()) continue;
        Result<ingest::PolledSource> source = polled_source(settings, mappings, id);
        if (!source) throw Failure(source.error());
        out.push_back(std::move(*source));
    }
    return out;
}

PollRole::PollRole(const settings::Settings& settings, store::Database& database,
                   const Clock& clock)
    : fetcher_(fetcher_options(settings), clock),
      schedule_({database, fetcher_, clock, make_uuid(clock.now())},
                polled_sources(settings, open_mappings(settings.data_mappings)),
                {.workers = static_cast<std::size_t>(settings.poll_workers)}) {}

}  // namespace recall::ops
