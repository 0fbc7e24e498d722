#pragma once
// A page of a list, and the opaque cursor that continues it: a position in an order of keys, not a
// count of rows, so that rows that come meanwhile shift nothing. Pure; any thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.h"

namespace recall::store {

inline constexpr std::size_t page_rows_max = 1000;

template <class T>
struct Page {
    std::vector<T> rows;
    // Continues after the last row; empty at the end. In an order of changes it is never empty
    // once there was a row: asking again later gives what changed since.
    std::string cursor;
};

// Where a list stands: the last row's sort text (empty when it sorts by number only) and number.
struct Position {
    std::string text;
    long long number = 0;
    bool operator==(const Position&) const = default;
};

std::string write_cursor(const Position& position);

// Fails with usage for what write_cursor did not make. Empty means the beginning: nothing.
Result<std::optional<Position>> read_cursor(std::string_view cursor);

}  // namespace recall::store
