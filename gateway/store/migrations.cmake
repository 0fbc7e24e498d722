# Builds migrations/*.sql into recall_store, each with its SHA-256. Dropping a file in is enough.
file(GLOB migration_files CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/migrations/*.sql)
list(SORT migration_files)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${migration_files})
set(migration_rows "")
foreach(migration_file IN LISTS migration_files)
  get_filename_component(migration_name ${migration_file} NAME_WE)
  string(REGEX MATCH "^[0-9]+" migration_digits ${migration_name})
  math(EXPR migration_version "${migration_digits}")
  file(SHA256 ${migration_file} migration_checksum)
  file(READ ${migration_file} migration_text)
  string(APPEND migration_rows
         "    {${migration_version}, \"${migration_name}\", \"${migration_checksum}\",\n"
         "     R\"sql(${migration_text})sql\"},\n")
endforeach()
set(migration_source ${CMAKE_CURRENT_BINARY_DIR}/built_in_migrations.cpp)
file(CONFIGURE OUTPUT ${migration_source} @ONLY CONTENT [[
// Generated from gateway/store/migrations by migrations.cmake.
#include "gateway/store/migrations.h"

namespace recall::store {

std::span<const Migration> built_in_migrations() {
    static constexpr Migration migrations[] = {
@migration_rows@    };
    return migrations;
}

}  // namespace recall::store
]])
target_sources(recall_store PRIVATE ${migration_source})
