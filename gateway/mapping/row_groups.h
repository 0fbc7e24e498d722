#pragma once
// Rows by the record they belong to, however far apart they stand: the rows go to a temporary file
// without a name, memory holds each key once and 16 bytes a row. Groups and rows come back in the
// order in which they were first seen. One thread. Throws Failure(io) when the file fails.

#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/base/result.h"

namespace recall::mapping {

class RowGroups {
  public:
    static constexpr std::size_t rows_max = 10'000'000;
    static constexpr std::uint64_t bytes_max = 8ULL << 30U;

    // Fails with limit.
    Result<void> add(std::string_view key, std::string_view row);

    bool empty() const { return rows_.empty(); }

    // Calls `row` for each row of a group, then `end` with its key.
    void for_each(const std::function<void(std::string_view row)>& row,
                  const std::function<void(const std::string& key)>& end);

  private:
    struct Row {
        std::uint64_t offset = 0;
        std::uint32_t size = 0;
        std::uint32_t group = 0;
    };
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    void read(const Row& row, std::string& buffer) const;

    std::unique_ptr<std::FILE, Close> file_;
    std::uint64_t bytes_ = 0;
    std::vector<Row> rows_;
    std::unordered_map<std::string, std::uint32_t> groups_;
};

}  // namespace recall::mapping
