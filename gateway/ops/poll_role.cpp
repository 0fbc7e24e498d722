#include "gateway/ops/poll_role.h"

#include <filesystem>

#include "adapters/registry.h"
#include "gateway/base/failure.h"
#include "gateway/base/uuid.h"
#include "gateway/ops/mappings.h"
#include "gateway/ops/source_switches.h"

namespace recall::ops {
namespace {

namespace fs = std::filesystem;

// Bodies that a gateway left when it was killed. A day is longer than any document takes.
void remove_leftovers(const fs::path& folder) {
    const auto oldest = fs::file_time_type::clock::now() - std::chrono::hours(24);
    std::error_code status;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, status)) {
        // Another gateway may be removing it too, hence no error when it is gone.
        if (entry.is_regular_file(status) && entry.last_write_time(status) < oldest)
            fs::remove(entry.path(), status);
    }
}

}  // namespace

net::FetcherOptions fetcher_options(const settings::Settings& settings) {
    net::FetcherOptions options;
    options.spool_folder = (fs::path(settings.data_folder) / "spool").string();
    options.proxy = settings.poll_proxy;
    options.authority_file = settings.poll_ca_file;
    options.stand_in = settings.poll_stand_in;
    std::error_code status;
    fs::create_directories(options.spool_folder, status);
    if (status) throw Failure(ErrorCode::io, options.spool_folder + ": " + status.message());
    remove_leftovers(options.spool_folder);
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
    long long& every_minutes = mapping->fetch->schedule.every_minutes;
    if (every_minutes == 0) every_minutes = settings.poll_interval_minutes;
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
