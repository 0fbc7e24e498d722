#pragma once
// How errors in mapping and code files read: "mappings/eu/x.xml:42: what is wrong; what was
// expected". Pure.

#include <span>
#include <string>
#include <string_view>

#include "gateway/base/result.h"
#include "gateway/xml/document.h"

namespace recall::mapping {

Error mapping_error(const std::string& path, long line, const std::string& text);
Error mapping_error(const std::string& path, xml::Node node, const std::string& text);

// "expected one of: a, b, c", with the near miss before it.
std::string expected_one_of(std::string_view word, std::span<const std::string_view> choices);

// The whole file; fails with bad_mapping when it cannot be read.
Result<std::string> read_mapping_file(const std::string& path);

}  // namespace recall::mapping
