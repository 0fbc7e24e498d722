#pragma once
// Inside of session.h: opens a connection as the gateway needs it. For session.cpp and database.cpp
// only. Throws Failure(config) for a url that is not one, Failure(database) when opening fails.

#include <memory>
#include <string_view>

#include "gateway/store/database.h"
#include "gateway/store/soci.h"

namespace recall::store {

Dialect dialect_of(std::string_view url);

std::shared_ptr<soci::session> connect(const DatabaseOptions& options);

}  // namespace recall::store
