#include "gateway/mapping/mapping_error.h"

#include <fstream>
#include <iterator>

#include "gateway/base/near_miss.h"

namespace recall::mapping {

Error mapping_error(const std::string& path, long line, const std::string& text) {
    return {ErrorCode::bad_mapping, path + ":" + std::to_string(line) + ": " + text};
}

Error mapping_error(const std::string& path, xml::Node node, const std::string& text) {
    return mapping_error(path, node.line(), text);
}

std::string expected_one_of(std::string_view word, std::span<const std::string_view> choices) {
    std::string out = did_you_mean(word, choices) + "; expected one of:";
    for (const std::string_view choice : choices)
        out += " " + std::string(choice);
    return out;
}

Result<std::string> read_mapping_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return Error{ErrorCode::bad_mapping, path + ": cannot be read"};
    return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace recall::mapping
