#pragma once
// The database that the settings name. Throws Failure when it cannot be opened.

#include <memory>

#include "gateway/settings/settings.h"
#include "gateway/store/database.h"

namespace recall::ops {

// Makes data.folder first. The schema is as it was; see store::migrate.
std::unique_ptr<store::Database> open_database(const settings::Settings& settings);

// The same, brought to this program's schema.
std::unique_ptr<store::Database> open_migrated_database(const settings::Settings& settings);

}  // namespace recall::ops
