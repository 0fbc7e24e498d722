#include "gateway/ops/open_database.h"

#include <filesystem>

#include "gateway/base/clock.h"
#include "gateway/base/log.h"
#include "gateway/store/migrations.h"

namespace recall::ops {

std::unique_ptr<store::Database> open_database(const settings::Settings& settings) {
    std::error_code status;
    const std::filesystem::path folder(settings.data_folder);
    // Keys and the database are for the gateway's own user only.
    if (std::filesystem::create_directories(folder, status)) {
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, status);
    }
    if (status) {
        throw Failure(ErrorCode::io,
                      "data.folder " + settings.data_folder + ": " + status.message());
    }
    store::DatabaseOptions options;
    options.url = settings.database();
    options.sessions = static_cast<std::size_t>(settings.database_sessions);
    options.lease_timeout = std::chrono::milliseconds(settings.database_lease_timeout_ms);
    options.busy_timeout = std::chrono::milliseconds(settings.database_busy_timeout_ms);
    return store::Database::open(options);
}

std::unique_ptr<store::Database> open_migrated_database(const settings::Settings& settings) {
    std::unique_ptr<store::Database> database = open_database(settings);
    for (const std::string& name : store::migrate(*database, SystemClock().now())) {
        log(LogLevel::info, "store", "migrated the database", {{"migration", name}});
    }
    return database;
}

}  // namespace recall::ops
