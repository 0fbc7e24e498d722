# Builds openapi.json, with the schema of notices in its place, into recall_http.
set(api_document_file ${CMAKE_CURRENT_LIST_DIR}/openapi.json)
set(notice_schema_file ${CMAKE_CURRENT_LIST_DIR}/../json/schemas/notice.schema.json)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${api_document_file}
                                                               ${notice_schema_file})
file(READ ${api_document_file} api_document)
file(READ ${notice_schema_file} notice_schema)
# Inside the document its references start from the document's root.
string(REGEX REPLACE "\n  \"\\$(schema|id)\": [^\n]*" "" notice_schema "${notice_schema}")
string(REPLACE "#/\$defs/" "#/components/schemas/Notice/\$defs/" notice_schema "${notice_schema}")
string(REPLACE "\"@notice.schema.json@\"" "${notice_schema}" api_document "${api_document}")
set(api_document_source ${CMAKE_CURRENT_BINARY_DIR}/api_document_text.cpp)
file(CONFIGURE OUTPUT ${api_document_source} @ONLY CONTENT [[
// Generated from gateway/http/openapi.json by documents.cmake.
#include "gateway/http/api.h"

namespace recall::http {

std::string_view api_document() { return R"json(@api_document@)json"; }

}  // namespace recall::http
]])
target_sources(recall_http PRIVATE ${api_document_source})
# The document is longer than the literals that every compiler must take; ours take it.
set_source_files_properties(${api_document_source} PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
