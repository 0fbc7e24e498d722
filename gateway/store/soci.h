#pragma once
// SOCI with both backends, in the one order that compiles: soci-sqlite3.h includes sqlite3.h inside
// namespace sqlite_api, so nothing may include it before. Only .cpp files and prepared.h of this
// folder include this.

#include <soci/soci.h>

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>
