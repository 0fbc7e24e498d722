#include "gateway/store/page.h"

#include <charconv>

namespace recall::store {
namespace {
constexpr std::string_view mark = "c1~";  // the form of cursors; a later form gets another
}

std::string write_cursor(const Position& position) {
    return std::string(mark) + std::to_string(position.number) + '~' + position.text;
}

Result<std::optional<Position>> read_cursor(std::string_view cursor) {
    if (cursor.empty()) return std::optional<Position>();
    const Error refusal{ErrorCode::usage, "the cursor is not one that this list gave"};
    if (!cursor.starts_with(mark)) return refusal;
    cursor.remove_prefix(mark.size());
    Position position;
    const auto [end, error] =
        std::from_chars(cursor.data(), cursor.data() + cursor.size(), position.number);
    const bool is_whole = error == std::errc() && end != cursor.data() + cursor.size();
    if (!is_whole || *end != '~') return refusal;
    position.text = std::string(end + 1, cursor.data() + cursor.size());
    return std::optional<Position>(position);
}

}  // namespace recall::store
