#pragma once
// What is generated from the table of options: the reference page, the example file and the schema
// of the file. Pure; the texts are the whole files.

#include <string>

namespace recall::settings {

std::string write_reference();  // docs/settings.md
std::string write_example();    // config/gateway.xml
std::string write_schema();     // config/gateway.xsd

}  // namespace recall::settings
